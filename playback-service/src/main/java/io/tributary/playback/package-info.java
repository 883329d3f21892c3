/**
 * Plays, entitlement, catalogue, manifests, bookmarks: one feature a package, wired in one class.
 */
@NullMarked
package io.tributary.playback;

import org.jspecify.annotations.NullMarked;
