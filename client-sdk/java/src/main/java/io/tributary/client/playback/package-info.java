/** The public API as a client sees it: titles, plays, renewals, positions. */
@NullMarked
package io.tributary.client.playback;

import org.jspecify.annotations.NullMarked;
