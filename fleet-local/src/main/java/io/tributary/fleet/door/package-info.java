/** A fleet seen through its public and admin doors. */
@NullMarked
package io.tributary.fleet.door;

import org.jspecify.annotations.NullMarked;
