package io.tributary.contracts.api;

/**
 * One play's manifests, each naming the same nodes in the same order.
 *
 * @param hls a multivariant playlist
 * @param dash an MPD
 * @param play a {@link PlayManifest}, for our own SDK
 */
public record Manifests(String hls, String dash, String play) {
  /** Never shows the URLs, which hold a play token: this text may reach a log. */
  @Override
  public String toString() {
    return "Manifests[]";
  }
}
