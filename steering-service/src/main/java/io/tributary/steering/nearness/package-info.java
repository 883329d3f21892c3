/** Which sites are near a client, now: follows the operator's files and the sites of the fleet. */
@NullMarked
package io.tributary.steering.nearness;

import org.jspecify.annotations.NullMarked;
