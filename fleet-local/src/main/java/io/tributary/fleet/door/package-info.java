/** A fleet seen through its public door. */
@NullMarked
package io.tributary.fleet.door;

import org.jspecify.annotations.NullMarked;
