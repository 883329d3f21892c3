/** What the edge found out about a request. */
@NullMarked
package io.tributary.playback.context;

import org.jspecify.annotations.NullMarked;
