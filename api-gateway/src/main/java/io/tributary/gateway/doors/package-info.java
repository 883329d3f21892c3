/** The two listeners, and what every request must pass before it is routed. */
@NullMarked
package io.tributary.gateway.doors;

import org.jspecify.annotations.NullMarked;
