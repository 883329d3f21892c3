package io.tributary.controlplane.fill;

import io.tributary.contracts.event.PackageHeld;
import io.tributary.contracts.event.PackagePlaced;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import io.tributary.controlplane.copies.CopyFacts.Evidence;
import io.tributary.controlplane.copies.CopyLife;
import io.tributary.controlplane.events.EventLog;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.events.StateTable.Stated;
import io.tributary.controlplane.placement.CopyRecords;
import io.tributary.controlplane.placement.KnownPackage;
import io.tributary.controlplane.placement.PackageBoard;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.purges.PurgeBoard;
import io.tributary.controlplane.registry.RegisteredNode;
import io.tributary.controlplane.registry.RegistryBoard;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says on Kafka who holds what and what is placed, and remembers what was said. A node is named for
 * what it confirmed since it was planned, and {@link CopyLife} says when that is.
 *
 * <p>News is said at once by whoever took it. Besides, one replica compares what should have been
 * said with what was: what differs at two looks in a row is said again, so an event that Kafka did
 * not take, or that a crash swallowed, is said in the end, and one that is only on its way is not
 * said twice. {@link #look} is for one thread; the rest is safe for many.
 */
public final class Announcements implements CopyRecords {
  private final EventLog log;
  private final RegistryBoard registry;
  private final PlanBoard plans;
  private final PackageBoard packages;
  private final HoldingBoard holdings;
  private final PurgeBoard purges;
  private final StateTable<PackageHeld> saidHeld;
  private final StateTable<PackagePlaced> saidPlaced;
  private Map<String, Optional<PackageHeld>> differed = Map.of();
  private Set<String> placedJustNow = Set.of();

  public Announcements(
      EventLog log,
      RegistryBoard registry,
      PlanBoard plans,
      PackageBoard packages,
      HoldingBoard holdings,
      PurgeBoard purges,
      StateTable<PackageHeld> saidHeld,
      StateTable<PackagePlaced> saidPlaced) {
    this.log = log;
    this.registry = registry;
    this.plans = plans;
    this.packages = packages;
    this.holdings = holdings;
    this.purges = purges;
    this.saidHeld = saidHeld;
    this.saidPlaced = saidPlaced;
  }

  /** A node confirmed its holdings: says what is new and takes back what is gone. */
  void changed(String nodeId, NodeHoldings before, NodeHoldings after) {
    for (PackageRef ref : after.packages()) {
      PackageHeld held = held(nodeId, ref, after.head().contentVersion());
      boolean isNews =
          !before.packages().contains(ref)
              || (saidHeld.isComplete() && saidHeld.get(held.key()).isEmpty());
      if (isNews && isNamed(nodeId, ref)) {
        say(held);
      }
    }
    for (PackageRef ref : before.packages()) {
      if (!after.packages().contains(ref)) {
        takeBack(nodeId, ref);
      }
    }
  }

  /** A node may not be named for a package any more. */
  @Override
  public void takeBack(String nodeId, PackageRef ref) {
    log.end(Topics.NODE_HOLDINGS, held(nodeId, ref, 0).key());
  }

  /** A title is purged: takes back at once all that names it; the rest is up to the looks. */
  public void withdraw(String titleId) {
    for (Stated<PackageHeld> held : saidHeld.all().values()) {
      if (held.data().titleId().equals(titleId)) {
        log.end(Topics.NODE_HOLDINGS, held.data().key());
      }
    }
    for (Stated<PackagePlaced> placed : saidPlaced.all().values()) {
      if (placed.data().titleId().equals(titleId)) {
        log.end(Topics.PLACEMENTS, placed.data().ref().path());
      }
    }
  }

  @Override
  public boolean isComplete() {
    return holdings.isLoaded()
        && purges.isLoaded()
        && saidHeld.isComplete()
        && saidPlaced.isComplete();
  }

  @Override
  public boolean isSaid(String nodeId, PackageRef ref) {
    return saidHeld.get(held(nodeId, ref, 0).key()).isPresent();
  }

  @Override
  public Evidence evidence(String nodeId, PackageRef ref) {
    return holdings.evidence(nodeId, ref);
  }

  @Override
  public boolean isPurged(String titleId) {
    return purges.isPurged(titleId);
  }

  @Override
  public Optional<Instant> placedAt(PackageRef ref) {
    return saidPlaced.get(ref.path()).map(Stated::at);
  }

  private boolean isNamed(String nodeId, PackageRef ref) {
    return plans
        .plan(nodeId)
        .copy(ref)
        .filter(copy ->
            CopyLife.mayBeNamed(
                copy.state(), purges.isPurged(ref.titleId()), holdings.evidence(nodeId, ref)))
        .isPresent();
  }

  /** Compares and mends; to be called each second by the replica that plans. */
  public void look() {
    if (!isComplete() || !plans.isLoaded()) {
      return;
    }
    Map<String, PackageHeld> due = due();
    Map<String, Optional<PackageHeld>> differs = new HashMap<>();
    due.forEach((key, held) -> {
      if (saidHeld.get(key).isEmpty()) {
        differs.put(key, Optional.of(held));
      }
    });
    saidHeld
        .all()
        .keySet()
        .forEach(key -> {
          if (!due.containsKey(key)) {
            differs.put(key, Optional.empty());
          }
        });
    Map<String, Optional<PackageHeld>> still = new HashMap<>();
    differs.forEach((key, wanted) -> {
      if (differed.containsKey(key) && differed.get(key).isPresent() == wanted.isPresent()) {
        wanted.ifPresentOrElse(this::say, () -> log.end(Topics.NODE_HOLDINGS, key));
      } else {
        // Said at the next look, if it still differs then; what was said now gets two looks.
        still.put(key, wanted);
      }
    });
    differed = still;
    sayPlaced();
  }

  /**
   * Whether enough nodes at enough sites hold a package: two of each, or as many as its plan has
   * where the fleet is smaller.
   */
  public boolean isPlaced(PackageRef ref) {
    return !purges.isPurged(ref.titleId())
        && (saidPlaced.get(ref.path()).isPresent() || isHeldWidely(ref));
  }

  private boolean isHeldWidely(PackageRef ref) {
    Map<String, RegisteredNode> nodes = registry.nodes().orElse(Map.of());
    Set<String> planned = new HashSet<>();
    plans
        .plans()
        .forEach((nodeId, plan) -> {
          if (plan.find(ref).isPresent()) {
            planned.add(nodeId);
          }
        });
    List<String> holding = planned.stream().filter(nodeId -> isNamed(nodeId, ref)).toList();
    return !holding.isEmpty()
        && holding.size() >= Math.min(2, planned.size())
        && sites(holding, nodes) >= Math.min(2, sites(planned, nodes));
  }

  private static long sites(Iterable<String> nodeIds, Map<String, RegisteredNode> nodes) {
    Set<String> sites = new HashSet<>();
    for (String id : nodeIds) {
      Optional.ofNullable(nodes.get(id)).map(RegisteredNode::siteId).ifPresent(sites::add);
    }
    return sites.size();
  }

  private Map<String, PackageHeld> due() {
    Map<String, PackageHeld> due = new HashMap<>();
    holdings
        .all()
        .forEach((nodeId, each) -> {
          for (PackageRef ref : each.packages()) {
            if (isNamed(nodeId, ref)) {
              PackageHeld held = held(nodeId, ref, each.head().contentVersion());
              due.put(held.key(), held);
            }
          }
        });
    return due;
  }

  private void sayPlaced() {
    Set<String> now = new HashSet<>();
    for (KnownPackage each : packages.packages()) {
      String path = each.ref().path();
      if (saidPlaced.get(path).isEmpty() && isHeldWidely(each.ref())) {
        now.add(path);
        if (!placedJustNow.contains(path)) {
          log.publish(
              Topics.PLACEMENTS,
              path,
              PackagePlaced.TYPE,
              new PackagePlaced(each.titleId(), each.packageVersion(), each.publishedAt()));
        } else {
          // It may be on its way; the look after this says it again.
          now.remove(path);
        }
      }
    }
    placedJustNow = now;
    endPlaced();
  }

  /** What is to be held nowhere, new plays may not use. */
  private void endPlaced() {
    Set<PackageRef> planned = new HashSet<>();
    plans
        .plans()
        .values()
        .forEach(plan -> plan.packages().forEach(each -> planned.add(each.ref())));
    for (Stated<PackagePlaced> placed : saidPlaced.all().values()) {
      PackageRef ref = placed.data().ref();
      if (purges.isPurged(ref.titleId()) || !planned.contains(ref)) {
        log.end(Topics.PLACEMENTS, ref.path());
      }
    }
  }

  private void say(PackageHeld held) {
    log.publish(Topics.NODE_HOLDINGS, held.key(), PackageHeld.TYPE, held);
  }

  private static PackageHeld held(String nodeId, PackageRef ref, long contentVersion) {
    return new PackageHeld(nodeId, ref.titleId(), ref.packageVersion(), contentVersion);
  }
}
