package io.tributary.contracts.steering;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the nodes of one play: {@code POST /internal/v1/rankings}.
 *
 * @param playbackId spreads plays over equal nodes
 * @param titleId the title
 * @param packageVersion the package
 * @param clientAddress of the viewer
 * @param maxNodes 1 to 8
 * @param bitsPerSecond what the play will take of a node, 1 or more; null where it is not known
 * @param manifestNodes of a play that runs: the nodes of its manifest, best first; empty for a play
 *     that begins
 */
public record RankingRequest(
    String playbackId,
    String titleId,
    String packageVersion,
    String clientAddress,
    int maxNodes,
    @Nullable Long bitsPerSecond,
    List<String> manifestNodes) {
  public RankingRequest {
    manifestNodes = manifestNodes == null ? List.of() : List.copyOf(manifestNodes);
  }
}
