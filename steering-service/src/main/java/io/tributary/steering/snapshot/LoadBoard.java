package io.tributary.steering.snapshot;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live figures of nodes, apart from the snapshot: they change every few seconds, and a snapshot
 * swapped for each would be copying all day. Bounded by the fleet: a node that leaves the snapshot
 * leaves the board. Safe for use by many threads.
 */
public final class LoadBoard {
  private final Map<String, Load> loads = new ConcurrentHashMap<>();

  /** The node's figures; {@link Load#UNKNOWN} for a node that told none. */
  public Load of(String nodeId) {
    return loads.getOrDefault(nodeId, Load.UNKNOWN);
  }

  void put(String nodeId, Load load) {
    loads.put(nodeId, load);
  }

  void remove(String nodeId) {
    loads.remove(nodeId);
  }

  Map<String, Load> all() {
    return Map.copyOf(loads);
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
}
