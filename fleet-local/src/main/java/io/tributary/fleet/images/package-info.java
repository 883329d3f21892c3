/** What container images are built from. */
@NullMarked
package io.tributary.fleet.images;

import org.jspecify.annotations.NullMarked;
