/** Not asking again at once who did not answer. */
@NullMarked
package io.tributary.playback.breaker;

import org.jspecify.annotations.NullMarked;
