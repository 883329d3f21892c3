/** What the site's router announces, heard from a BGP speaker beside the node or read in a file. */
@NullMarked
package io.tributary.oca.routes;

import org.jspecify.annotations.NullMarked;
