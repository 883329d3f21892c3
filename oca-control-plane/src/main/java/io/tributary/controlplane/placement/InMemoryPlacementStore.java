package io.tributary.controlplane.placement;

import io.tributary.controlplane.copies.PlannedCopy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link PlacementStore} that forgets: for tests. */
public final class InMemoryPlacementStore implements PlacementStore {
  private final InstantSource clock;
  private final Map<String, KnownPackage> packages = new TreeMap<>();
  private final Map<String, NodePlan> plans = new HashMap<>();
  private @Nullable String holder;
  private Instant leaseEnd = Instant.MIN;

  public InMemoryPlacementStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void putPackage(KnownPackage known) {
    packages.put(known.ref().path(), known);
  }

  @Override
  public synchronized List<KnownPackage> packages() {
    return List.copyOf(packages.values());
  }

  @Override
  public synchronized Optional<KnownPackage> find(String titleId, String packageVersion) {
    return Optional.ofNullable(packages.get(titleId + "/" + packageVersion));
  }

  @Override
  public synchronized Map<String, PlanHead> heads() {
    Map<String, PlanHead> heads = new TreeMap<>();
    plans.forEach((node, plan) -> heads.put(node, plan.head()));
    return heads;
  }

  @Override
  public synchronized List<PlannedCopy> content(String nodeId, PlanHead head) {
    NodePlan plan = plans.getOrDefault(nodeId, NodePlan.NONE);
    return plan.head().equals(head) ? plan.copies() : List.of();
  }

  @Override
  public synchronized boolean publish(
      String nodeId, PlanHead expected, PlanHead next, List<PlannedCopy> copies) {
    PlanHead current = plans.getOrDefault(nodeId, NodePlan.NONE).head();
    if (!current.equals(expected)) {
      return current.equals(next);
    }
    plans.put(nodeId, new NodePlan(next, copies));
    return true;
  }

  @Override
  public synchronized boolean lease(String wanting, Duration lifetime) {
    Instant now = clock.instant();
    if (holder != null && !holder.equals(wanting) && now.isBefore(leaseEnd)) {
      return false;
    }
    holder = wanting;
    leaseEnd = now.plus(lifetime);
    return true;
  }

  @Override
  public synchronized void release(String leaving) {
    if (leaving.equals(holder)) {
      holder = null;
    }
  }
}
