/** An external CDN, for what the fleet's own nodes cannot carry. */
@NullMarked
package io.tributary.steering.external;

import org.jspecify.annotations.NullMarked;
