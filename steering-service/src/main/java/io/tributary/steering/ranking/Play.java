package io.tributary.steering.ranking;

import java.util.List;

/**
 * What is to be played.
 *
 * @param playbackId the play
 * @param packageKey the package: {@code titleId/packageVersion}
 * @param bitsPerSecond what it will take of a node
 * @param manifestNodes of a play that runs: the nodes of its manifest, best first; empty for a play
 *     that begins
 */
public record Play(
    String playbackId, String packageKey, long bitsPerSecond, List<String> manifestNodes) {
  public Play {
    manifestNodes = List.copyOf(manifestNodes);
  }

  /** A play that begins. */
  public Play(String playbackId, String packageKey, long bitsPerSecond) {
    this(playbackId, packageKey, bitsPerSecond, List.of());
  }

  boolean isRunning() {
    return !manifestNodes.isEmpty();
  }
}
