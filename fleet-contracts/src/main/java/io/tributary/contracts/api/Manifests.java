package io.tributary.contracts.api;

import org.jspecify.annotations.Nullable;

/**
 * One play's manifests, each naming the same nodes in the same order.
 *
 * @param hls a multivariant playlist
 * @param dash an MPD
 * @param play a {@link PlayManifest}, for our own SDK
 * @param redirected a multivariant playlist for players that know no content steering: its segment
 *     URLs are answered by redirects; null where the fleet has no steering for players
 */
public record Manifests(String hls, String dash, String play, @Nullable String redirected) {
  /** Never shows the URLs, which hold a play token: this text may reach a log. */
  @Override
  public String toString() {
    return "Manifests[]";
  }
}
