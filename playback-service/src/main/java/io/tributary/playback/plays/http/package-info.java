/** The public API of plays and titles. */
@NullMarked
package io.tributary.playback.plays.http;

import org.jspecify.annotations.NullMarked;
