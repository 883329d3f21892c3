/** Where a client is: which sites are near an address, nearest first, and why. Pure. */
@NullMarked
package io.tributary.steering.location;

import org.jspecify.annotations.NullMarked;
