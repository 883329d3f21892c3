package io.tributary.steering.snapshot;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The live figures of nodes, apart from the snapshot: they change every few seconds, and a snapshot
 * swapped for each would be copying all day. Bounded by the fleet: a node that leaves the snapshot
 * leaves the board. Safe for use by many threads.
 */
public final class LoadBoard {
  private final Map<String, NodeLoad> loads = new ConcurrentHashMap<>();

  /** The node's figures; {@link Load#UNKNOWN} for a node that told none. */
  public Load of(String nodeId) {
    return known(loads.get(nodeId)).last();
  }

  /** The node's figures, and what was promised of it lately and they do not show yet. */
  public Standing standing(String nodeId, Instant at) {
    return known(loads.get(nodeId)).standing(at);
  }

  /** Promises a part of what a node of the snapshot can send. */
  public void reserve(String nodeId, long bitsPerSecond, Instant at) {
    loads.compute(nodeId, (_, load) -> known(load).reserved(bitsPerSecond, at));
  }

  /** What a node told last: shows what was promised of it before the figure that it told before. */
  public void put(String nodeId, Load load) {
    loads.compute(nodeId, (_, before) -> known(before).told(load));
  }

  /** The fleet no longer speaks of the node. */
  public void remove(String nodeId) {
    loads.remove(nodeId);
  }

  private static NodeLoad known(@Nullable NodeLoad load) {
    return load == null ? NodeLoad.UNKNOWN : load;
  }

  /**
   * A node's figures.
   *
   * @param egressCapacityBitsPerSecond what it may send; 0 where it is not known
   * @param egressBitsPerSecond what it sent over its last heartbeat's interval
   */
  public record Load(long egressCapacityBitsPerSecond, long egressBitsPerSecond) {
    static final Load UNKNOWN = new Load(0, 0);
  }

  /**
   * What a decision needs of a node.
   *
   * @param egressCapacityBitsPerSecond what it may send; 0 where it is not known
   * @param egressBitsPerSecond what it sent over its last heartbeat's interval
   * @param reservedBitsPerSecond promised, and not in that figure yet
   */
  public record Standing(
      long egressCapacityBitsPerSecond, long egressBitsPerSecond, long reservedBitsPerSecond) {}
}
