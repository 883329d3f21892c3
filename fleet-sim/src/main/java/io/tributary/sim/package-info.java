/** A whole fleet in virtual time, by the services' own decision code. */
@NullMarked
package io.tributary.sim;

import org.jspecify.annotations.NullMarked;
