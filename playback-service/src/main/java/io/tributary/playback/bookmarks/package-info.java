/** Where accounts stopped watching. */
@NullMarked
package io.tributary.playback.bookmarks;

import org.jspecify.annotations.NullMarked;
