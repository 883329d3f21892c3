/** Which nodes a play should fetch from, and in which order: pure. */
@NullMarked
package io.tributary.steering.ranking;

import org.jspecify.annotations.NullMarked;
