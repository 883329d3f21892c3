package io.tributary.contracts.steering;

import java.util.List;

/**
 * The nodes for one play.
 *
 * @param decisionId names the decision's record
 * @param snapshotVersion decided from
 * @param snapshotAgeMillis since the feed of facts was last known to be alive
 * @param nodes best first; empty with {@code outcome} telling why
 * @param outcome {@code steered}, {@code not-placed} or {@code exhausted}
 */
public record Ranking(
    String decisionId,
    long snapshotVersion,
    long snapshotAgeMillis,
    List<Node> nodes,
    String outcome) {
  public Ranking {
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }

  /** One node; {@code baseUrl} has no slash at its end. */
  public record Node(String nodeId, String siteId, String baseUrl) {}
}
