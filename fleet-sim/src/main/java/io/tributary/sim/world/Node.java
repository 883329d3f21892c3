package io.tributary.sim.world;

import java.time.Duration;
import java.time.Instant;

/**
 * A node, as everybody may know it: what becomes of it is {@link NodeState}.
 *
 * @param index among all nodes
 * @param id its name
 * @param site where it stands
 * @param egressCapacityBitsPerSecond what it can send
 */
public record Node(int index, String id, Site site, long egressCapacityBitsPerSecond) {
  private static final Instant CERTIFICATE_END = World.START.plus(Duration.ofDays(7));
  private static final int FIRST_PORT = 1_024;

  /** Where it serves. */
  public String host() {
    return "192.0.2.1";
  }

  /** Where it serves. */
  public int port() {
    return FIRST_PORT + index;
  }

  /** After which it may not be named: after every simulation's end. */
  public Instant certificateNotAfter() {
    return CERTIFICATE_END;
  }
}
