/** Plays: their start, renewal and state. */
@NullMarked
package io.tributary.playback.plays;

import org.jspecify.annotations.NullMarked;
