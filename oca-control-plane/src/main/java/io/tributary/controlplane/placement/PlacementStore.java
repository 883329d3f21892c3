package io.tributary.controlplane.placement;

import io.tributary.controlplane.copies.PlannedCopy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packages, nodes' plans and the planner's lease. May throw {@link
 * io.tributary.controlplane.store.StoreUnavailableException}; what was written then is unknown, and
 * every call may be repeated. Safe for use by many threads and replicas.
 */
public interface PlacementStore {
  /** Writes a package down; the same again changes nothing. */
  void putPackage(KnownPackage known);

  /** Every package by title and version. */
  List<KnownPackage> packages();

  /** One package. */
  Optional<KnownPackage> find(String titleId, String packageVersion);

  /** The current plan of every node that has one. */
  Map<String, PlanHead> heads();

  /** A plan's content by title and version; empty if it is gone because a newer one is there. */
  List<PlannedCopy> content(String nodeId, PlanHead head);

  /**
   * Makes a plan the current one, if {@code expected} still is. Of two planners one wins.
   *
   * @return whether it is the current one now
   */
  boolean publish(String nodeId, PlanHead expected, PlanHead next, List<PlannedCopy> copies);

  /**
   * Takes or keeps the planner's lease.
   *
   * @param lifetime after which it ends unless kept
   * @return whether {@code holder} has it
   */
  boolean lease(String holder, Duration lifetime);

  /** Gives the lease back, if {@code holder} has it. */
  void release(String holder);
}
