package io.tributary.steering.ranking;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node that could be named for a play, and all that the decision may know of it. An external CDN
 * is one too: it has no verdict, no site but its own and no distance.
 *
 * @param nodeId the node
 * @param siteId where it stands
 * @param tier how near its site is to the client: 0 is the nearest; sites of one tier are equally
 *     near
 * @param health the verdict; null for a node that holds the package and has no verdict
 * @param holds whether it confirmed the package
 * @param addressed whether an address of it was proven reachable
 * @param certificateNotAfter after which it may not be named; null for a node without a verdict
 * @param egressCapacityBitsPerSecond what it may send; 0 where it is not known
 * @param egressBitsPerSecond what it sent over its last heartbeat's interval
 * @param reservedBitsPerSecond of plays that were sent to it and are not in that figure yet
 * @param penalty by what clients report of it, 0 for none to 1
 * @param kind whose it is
 */
public record Candidate(
    String nodeId,
    String siteId,
    int tier,
    @Nullable NodeHealth health,
    boolean holds,
    boolean addressed,
    @Nullable Instant certificateNotAfter,
    long egressCapacityBitsPerSecond,
    long egressBitsPerSecond,
    long reservedBitsPerSecond,
    double penalty,
    NodeKind kind) {
  /** Each tier has a site at least, and no fleet has more sites. */
  public static final int MAX_TIER = 65_535;

  public Candidate {
    if (tier < 0 || tier > MAX_TIER) {
      throw new IllegalArgumentException("tier is " + tier + " (expected: 0 to " + MAX_TIER + ")");
    }
  }

  /** A node of the fleet. */
  public Candidate(
      String nodeId,
      String siteId,
      int tier,
      @Nullable NodeHealth health,
      boolean holds,
      boolean addressed,
      @Nullable Instant certificateNotAfter,
      long egressCapacityBitsPerSecond,
      long egressBitsPerSecond,
      long reservedBitsPerSecond,
      double penalty) {
    this(
        nodeId,
        siteId,
        tier,
        health,
        holds,
        addressed,
        certificateNotAfter,
        egressCapacityBitsPerSecond,
        egressBitsPerSecond,
        reservedBitsPerSecond,
        penalty,
        NodeKind.OWN);
  }

  /**
   * An external CDN.
   *
   * @param holds whether it can fetch the package: an own node holds it
   * @param capBitsPerSecond what it may be sent
   * @param sentBitsPerSecond what plays that were sent to it take of that
   */
  public static Candidate external(
      String nodeId, boolean holds, long capBitsPerSecond, long sentBitsPerSecond) {
    return new Candidate(
        nodeId,
        nodeId,
        0,
        null,
        holds,
        true,
        null,
        capBitsPerSecond,
        0,
        sentBitsPerSecond,
        0,
        NodeKind.EXTERNAL);
  }

  boolean isExternal() {
    return kind == NodeKind.EXTERNAL;
  }
}
