package io.tributary.contracts.node;

import java.util.List;

/**
 * The answer to {@code GET /oca/v1/revocations}: what a node serves to nobody.
 *
 * @param revocationVersion of this list; grows with every change, and a node that obeys one obeys
 *     none that is lower
 * @param playbackIds whose media tokens are refused
 * @param purgedTitles titles of which no byte is served, and whose packages are deleted; none where
 *     this is not told
 */
public record Revocations(
    long revocationVersion, List<String> playbackIds, List<String> purgedTitles) {
  public Revocations {
    playbackIds = List.copyOf(playbackIds);
    purgedTitles = purgedTitles == null ? List.of() : List.copyOf(purgedTitles);
  }
}
