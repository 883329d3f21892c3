package io.tributary.client.playback;

import java.net.URI;

/**
 * A play goes on.
 *
 * @param playManifest where its new {@link PlayManifest} is; carries a token: never log it
 * @param renewAfterSeconds when to renew again
 */
public record Renewal(URI playManifest, long renewAfterSeconds) {}
