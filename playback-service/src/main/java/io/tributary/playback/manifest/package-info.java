/**
 * A play's manifests, rendered from the neutral {@code PackageManifest}: pure texts for HLS and
 * DASH, and the signed pass that makes any replica able to render them from nothing but its URL.
 */
@NullMarked
package io.tributary.playback.manifest;

import org.jspecify.annotations.NullMarked;
