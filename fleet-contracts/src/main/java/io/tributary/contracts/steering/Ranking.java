package io.tributary.contracts.steering;

import io.tributary.contracts.event.NodeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * One node.
   *
   * @param baseUrl has no slash at its end
   * @param kind whose it is; null for the fleet's own
   */
  public record Node(String nodeId, String siteId, String baseUrl, @Nullable NodeKind kind) {
    /** A node of the fleet. */
    public Node(String nodeId, String siteId, String baseUrl) {
      this(nodeId, siteId, baseUrl, null);
    }
  }
}
