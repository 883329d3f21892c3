package io.tributary.contracts.node;

import java.util.List;

/**
 * The answer to {@code GET /oca/v1/revocations}.
 *
 * @param revocationVersion of this list
 * @param playbackIds whose media tokens are refused
 */
public record Revocations(long revocationVersion, List<String> playbackIds) {
  public Revocations {
    playbackIds = List.copyOf(playbackIds);
  }
}
