/** What each process of a fleet is started with. */
@NullMarked
package io.tributary.fleet.definition;

import org.jspecify.annotations.NullMarked;
