package io.tributary.playback.plays;

import io.tributary.contracts.steering.Ranking;
import java.util.List;

/**
 * A play that may start or go on.
 *
 * @param play its state
 * @param titleName for people
 * @param passToken the signed pass that its manifests' URLs carry
 * @param nodes best first
 * @param decisionId of steering
 * @param resumePositionMillis where to start
 * @param isStale whether it rests on facts that could not be refreshed
 */
public record GrantedPlay(
    Play play,
    String titleName,
    String passToken,
    List<Ranking.Node> nodes,
    String decisionId,
    long resumePositionMillis,
    boolean isStale) {
  public GrantedPlay {
    nodes = List.copyOf(nodes);
  }

  /** Never shows the pass: this text may reach a log. */
  @Override
  public String toString() {
    return "GrantedPlay[play=" + play + ", decisionId=" + decisionId + "]";
  }
}
