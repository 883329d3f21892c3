/** Manifests over HTTP. */
@NullMarked
package io.tributary.playback.manifest.http;

import org.jspecify.annotations.NullMarked;
