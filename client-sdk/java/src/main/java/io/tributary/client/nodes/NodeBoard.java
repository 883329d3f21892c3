package io.tributary.client.nodes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One play's ranking and its penalties: best ranked first, and a node that failed is not asked
 * again.
 *
 * <p>A penalty lasts until a new ranking names the node again and the penalty is older than {@code
 * penaltyNanos}: a renewal seconds after a death may still name the dead, because the fleet notices
 * later than its clients. A node that sent wrong bytes stays out for the whole play.
 *
 * <p>No clock and no I/O of its own. Safe for use by many threads.
 */
public final class NodeBoard {
  private record Penalty(NodeFault fault, long sinceNanos) {}

  private final long penaltyNanos;
  private final Map<String, Penalty> penalties = new HashMap<>();
  private List<PlayNode> ranking;

  /**
   * A board on which no node has a penalty.
   *
   * @param ranking best first, at least one
   * @param penaltyNanos how long a new ranking does not lift a penalty
   */
  public NodeBoard(List<PlayNode> ranking, long penaltyNanos) {
    this.penaltyNanos = penaltyNanos;
    this.ranking = checked(ranking);
  }

  /** Decides whom to ask next. */
  public synchronized NodeChoice choose() {
    for (PlayNode node : ranking) {
      if (!penalties.containsKey(node.nodeId())) {
        return new NodeChoice.Trusted(node);
      }
    }
    List<PlayNode> lastChance = new ArrayList<>();
    for (PlayNode node : ranking) {
      if (!isCorrupt(node)) {
        lastChance.add(node);
      }
    }
    for (PlayNode node : ranking) {
      if (isCorrupt(node)) {
        lastChance.add(node);
      }
    }
    return new NodeChoice.LastChance(Collections.unmodifiableList(lastChance));
  }

  /** Whether some node other than this one has done nothing wrong. */
  public synchronized boolean hasTrustedBeside(PlayNode node) {
    for (PlayNode other : ranking) {
      if (!other.nodeId().equals(node.nodeId()) && !penalties.containsKey(other.nodeId())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Stops trusting a node.
   *
   * @return whether it was trusted until now; false leaves the old penalty unless this one is worse
   */
  public synchronized boolean penalize(PlayNode node, NodeFault fault, long nowNanos) {
    Penalty before = penalties.get(node.nodeId());
    if (before == null || before.fault() != NodeFault.CORRUPT) {
      penalties.put(node.nodeId(), new Penalty(fault, nowNanos));
    }
    return before == null;
  }

  /** Trusts a node again, because it has just delivered a whole file with the right hash. */
  public synchronized void pardon(PlayNode node) {
    penalties.remove(node.nodeId());
  }

  /** What a node has done wrong; null if nothing that still counts. */
  public synchronized @Nullable NodeFault faultOf(String nodeId) {
    Penalty penalty = penalties.get(nodeId);
    return penalty == null ? null : penalty.fault();
  }

  /** Takes over a new ranking; old penalties end. */
  public synchronized void rerank(List<PlayNode> newRanking, long nowNanos) {
    ranking = checked(newRanking);
    penalties
        .values()
        .removeIf(penalty ->
            penalty.fault() != NodeFault.CORRUPT
                && nowNanos - penalty.sinceNanos() >= penaltyNanos);
  }

  private boolean isCorrupt(PlayNode node) {
    return faultOf(node.nodeId()) == NodeFault.CORRUPT;
  }

  private static List<PlayNode> checked(List<PlayNode> ranking) {
    if (ranking.isEmpty()) {
      throw new IllegalArgumentException("ranking is empty (expected: at least one node)");
    }
    return Collections.unmodifiableList(new ArrayList<>(ranking));
  }
}
