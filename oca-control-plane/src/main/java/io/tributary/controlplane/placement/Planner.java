package io.tributary.controlplane.placement;

import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.CopyLife;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.events.StateTable.Stated;
import io.tributary.controlplane.placement.PlaceableNode.Presence;
import io.tributary.controlplane.placement.PlanRevision.Revised;
import io.tributary.controlplane.placement.RendezvousPlacement.Placement;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.RegistryBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the plans in step with nodes and packages. One replica at a time does, by a lease; a
 * replica that wrongly believes it has the lease does no harm, because a plan replaces only the
 * plan it was made from.
 *
 * <p>How long a node is away is counted only while this planner watches: after a stop of the whole
 * fleet nobody's copies are made again elsewhere. So is how long {@link StuckCopies} are stuck.
 * Used by one thread.
 */
public final class Planner {
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Duration LEASE_KEPT_EVERY = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(Planner.class);

  private final PlacementConfig config;
  private final RendezvousPlacement placement;
  private final PlacementStore store;
  private final RegistryBoard registry;
  private final PackageBoard packages;
  private final PlanBoard plans;
  private final StuckCopies stuck;
  private final CopyRecords records;
  private final PlanRevision revision;
  private final StateTable<NodeVerdict> verdicts;
  private final String holder;
  private final Map<String, Instant> awaySince = new HashMap<>();
  private Instant leasedAt = Instant.MIN;
  private boolean isLeader;
  private volatile List<PackageRef> shortfalls = List.of();

  /**
   * A planner that has not planned yet.
   *
   * @param mayHold whether a node may have confirmed a package
   * @param records what else is known of copies
   * @param holder names this process in the lease, unlike any other
   */
  public Planner(
      PlacementConfig config,
      PlacementStore store,
      RegistryBoard registry,
      PackageBoard packages,
      PlanBoard plans,
      BiPredicate<String, PackageRef> mayHold,
      CopyRecords records,
      StateTable<NodeVerdict> verdicts,
      String holder) {
    this.config = config;
    this.placement = new RendezvousPlacement(config.copies());
    this.store = store;
    this.registry = registry;
    this.packages = packages;
    this.plans = plans;
    this.stuck = new StuckCopies(config.absenceBeforeRefill(), mayHold);
    this.records = records;
    this.revision = new PlanRevision(new CopyLife(config.withdrawalWait()), records);
    this.verdicts = verdicts;
    this.holder = holder;
  }

  /**
   * Plans, if this replica is the one to. To be called each second, after the boards' refresh.
   *
   * @return whether this replica is the one
   */
  public boolean tick(Instant now) {
    Optional<Map<String, RegisteredNode>> nodes = registry.nodes();
    if (nodes.isEmpty()
        || !packages.isLoaded()
        || !plans.isLoaded()
        || !verdicts.isComplete()
        || !records.isComplete()) {
      return false;
    }
    if (!keepLease(now)) {
      awaySince.clear();
      stuck.forget();
      shortfalls = List.of();
      return false;
    }
    List<PlaceableNode> placeable = new ArrayList<>();
    nodes.get().values().forEach(node -> placeable.add(placeable(node, now)));
    stuck.look(takingNothing(nodes.get().values()), plans.plans(), now);
    List<KnownPackage> held =
        HeldPackages.of(
            packages.packages(),
            records::isPurged,
            records::placedAt,
            config.supersededKept(),
            now);
    Placement wanted = placement.plan(placeable, held, plans.plans(), stuck);
    boolean changed = false;
    for (Map.Entry<String, List<PlannedPackage>> each : wanted.plans().entrySet()) {
      String nodeId = each.getKey();
      NodePlan current = plans.plan(nodeId);
      boolean isRevoked =
          Optional.ofNullable(nodes.get().get(nodeId)).filter(RegisteredNode::revoked).isPresent();
      long obeyed = verdicts.get(nodeId).map(said -> said.data().contentVersion()).orElse(0L);
      Optional<Revised> next =
          revision.of(nodeId, current, each.getValue(), isRevoked, obeyed, now);
      if (next.isPresent()) {
        publish(nodeId, current, next.get());
        changed = true;
      }
    }
    if (changed) {
      plans.refresh();
    }
    if (!wanted.shortfalls().equals(shortfalls)) {
      shortfalls = wanted.shortfalls();
      LOG.warn(
          "packages={} event=short-of-copies first={}",
          shortfalls.size(),
          shortfalls.isEmpty() ? "" : shortfalls.getFirst().path());
    }
    return true;
  }

  /** How many packages have fewer copies planned than wanted; 0 where another replica plans. */
  public int shortfalls() {
    return shortfalls.size();
  }

  /** Lets another replica plan at once. */
  public void stop() {
    if (isLeader) {
      isLeader = false;
      store.release(holder);
    }
  }

  private boolean keepLease(Instant now) {
    if (!isLeader || leasedAt.plus(LEASE_KEPT_EVERY).isBefore(now)) {
      boolean was = isLeader;
      isLeader = store.lease(holder, LEASE);
      leasedAt = now;
      if (isLeader != was) {
        LOG.info("planner={} event={}", holder, isLeader ? "leads" : "follows");
      }
      if (isLeader && !was) {
        // Another may have planned since the board was read.
        plans.refresh();
      }
    }
    return isLeader;
  }

  private void publish(String nodeId, NodePlan current, Revised revised) {
    PlanHead next =
        new PlanHead(
            revised.contentVersion(), UUID.randomUUID().toString(), revised.copies().size());
    boolean isIt = store.publish(nodeId, current.head(), next, revised.copies());
    if (isIt) {
      LOG.info(
          "node={} event=planned contentVersion={} copies={} reasons={}",
          nodeId,
          next.contentVersion(),
          next.packages(),
          revised.reasons());
      revised.unnamed().forEach(ref -> records.takeBack(nodeId, ref));
    } else {
      LOG.warn(
          "node={} event=plan-lost-to-another contentVersion={}", nodeId, next.contentVersion());
    }
  }

  private Set<String> takingNothing(Collection<RegisteredNode> nodes) {
    Set<String> taking = new HashSet<>();
    for (RegisteredNode node : nodes) {
      verdicts
          .get(node.id())
          .map(Stated::data)
          .filter(verdict -> takesNothing(node, verdict))
          .ifPresent(verdict -> taking.add(node.id()));
    }
    return taking;
  }

  /** Whether a node that is heard can be given nothing new. */
  private static boolean takesNothing(RegisteredNode node, NodeVerdict verdict) {
    return switch (verdict.health()) {
      case HEALTHY -> node.drain() || "degraded".equals(verdict.condition());
      case DRAINING -> true;
      case UNHEALTHY, UNREACHABLE, REVOKED -> false;
    };
  }

  private PlaceableNode placeable(RegisteredNode node, Instant now) {
    Optional<NodeVerdict> verdict = verdicts.get(node.id()).map(Stated::data);
    // What leaves still takes its room.
    long storeBytes =
        Math.max(
            0,
            verdict.map(known -> known.capacity().storeBytes()).orElse(0L)
                - plans.plan(node.id()).bytesLeaving());
    return new PlaceableNode(node.id(), node.siteId(), storeBytes, presence(node, verdict, now));
  }

  private Presence presence(RegisteredNode node, Optional<NodeVerdict> verdict, Instant now) {
    if (node.revoked()) {
      return Presence.GONE;
    }
    if (verdict.isEmpty()) {
      return Presence.AWAY;
    }
    return switch (verdict.get().health()) {
      case HEALTHY, DRAINING -> {
        awaySince.remove(node.id());
        yield takesNothing(node, verdict.get()) ? Presence.AWAY : Presence.PRESENT;
      }
      case UNHEALTHY, UNREACHABLE -> {
        Instant since = awaySince.computeIfAbsent(node.id(), first -> now);
        yield since.plus(config.absenceBeforeRefill()).isAfter(now) ? Presence.AWAY : Presence.GONE;
      }
      case REVOKED -> Presence.GONE;
    };
  }
}
