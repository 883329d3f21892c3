package io.tributary.steering.snapshot;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live figures of nodes, apart from the snapshot: they change every few seconds, and a snapshot
 * swapped for each would be copying all day. Bounded by the fleet: a node that leaves the snapshot
 * leaves the board. Safe for use by many threads.
 */
public final class LoadBoard {
  private final Map<String, Load> loads = new ConcurrentHashMap<>();
  private final Map<String, Reservations> reservations = new ConcurrentHashMap<>();

  /** The node's figures; {@link Load#UNKNOWN} for a node that told none. */
  public Load of(String nodeId) {
    return loads.getOrDefault(nodeId, Load.UNKNOWN);
  }

  /** What was promised of the node lately and its figures do not show yet, in bits a second. */
  public long reservedBitsPerSecond(String nodeId, Instant at) {
    Reservations promised = reservations.get(nodeId);
    return promised == null ? 0 : promised.sum(at);
  }

  /** Promises a part of what a node of the snapshot can send. */
  public void reserve(String nodeId, long bitsPerSecond, Instant at) {
    reservations.computeIfAbsent(nodeId, _ -> new Reservations()).add(bitsPerSecond, at);
  }

  /** What a node told last: shows what was promised of it before the figure that it told before. */
  public void put(String nodeId, Load load) {
    loads.put(nodeId, load);
    Reservations promised = reservations.get(nodeId);
    if (promised != null) {
      promised.figureCame();
    }
  }

  /** The fleet no longer speaks of the node. */
  public void remove(String nodeId) {
    loads.remove(nodeId);
    reservations.remove(nodeId);
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
