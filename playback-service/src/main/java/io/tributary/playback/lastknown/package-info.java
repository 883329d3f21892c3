/** What this service remembers on its own disk, for when the store is away. */
@NullMarked
package io.tributary.playback.lastknown;

import org.jspecify.annotations.NullMarked;
