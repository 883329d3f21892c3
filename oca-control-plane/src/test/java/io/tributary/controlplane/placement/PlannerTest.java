package io.tributary.controlplane.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.PackagePublished;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeLoad;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.CopyFacts.Evidence;
import io.tributary.controlplane.copies.CopyState;
import io.tributary.controlplane.copies.PlannedCopy;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.events.StateTable.Stated;
import io.tributary.controlplane.registry.InMemoryRegistry;
import io.tributary.controlplane.registry.RegistryBoard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void givenPackagesThatWereNotReadYet_thenEveryPlanStays() {
    InMemoryPlacementStore store = new InMemoryPlacementStore(InstantSource.fixed(NOW));
    PlanHead head = new PlanHead(1, "x", 1);
    store.publish(
        "n",
        PlanHead.NONE,
        head,
        List.of(PlannedCopy.placed(new PlannedPackage("a", "p1", "11", 1), 1)));
    InMemoryRegistry registry = new InMemoryRegistry();
    registry.enrol("n", "site", NOW);
    RegistryBoard nodes = new RegistryBoard(registry);
    nodes.refresh();
    PlanBoard plans = new PlanBoard(store);
    plans.refresh();
    StateTable<NodeVerdict> verdicts = new StateTable<>(Topics.NODE_VERDICTS, NodeVerdict.class);
    verdicts.complete();
    PackageBoard packages = new PackageBoard(store);
    Planner planner =
        new Planner(
            PlacementConfig.DEFAULTS,
            store,
            nodes,
            packages,
            plans,
            (node, ref) -> true,
            new KnownCopies(),
            verdicts,
            "me");

    assertFalse(planner.tick(NOW));
    assertEquals(head, store.heads().get("n"));

    packages.refresh(NOW);
    assertTrue(packages.isLoaded());
    assertTrue(planner.tick(NOW));
  }

  @Test
  void whoPlansNoLongerSaysNothingOfShortPackages() {
    Fleet fleet = new Fleet("only");
    fleet.publish("a");
    fleet.plan();
    assertEquals(1, fleet.planner.shortfalls());

    fleet.planner.stop();
    fleet.now = fleet.now.plusSeconds(10);
    assertTrue(fleet.store.lease("another", Duration.ofMinutes(1)));
    assertFalse(fleet.planner.tick(fleet.now));

    assertEquals(0, fleet.planner.shortfalls());
  }

  /** A disk that is full takes nothing, so a title planned there would never play. */
  @Nested
  class ADegradedNode {
    private final Fleet fleet = new Fleet("full", "roomy", "spare");

    @Test
    void isPlannedNothingNew() {
      fleet.conditions.put("full", "degraded");

      fleet.publish("a");
      fleet.plan();

      assertEquals(Set.of("roomy", "spare"), fleet.plannedOn("a"));
    }

    @Test
    void keepsWhatItHoldsHoweverLongThatLasts() {
      fleet.publish("a");
      fleet.plan();
      Set<String> before = fleet.plannedOn("a");
      before.forEach(node -> fleet.held.add(node + " a"));
      before.forEach(node -> fleet.conditions.put(node, "degraded"));

      fleet.planFor(Duration.ofHours(1));

      assertEquals(before, fleet.plannedOn("a"));
    }

    @Test
    void losesWhatItNeverFetchedAfterTheSameTimeAsOneThatIsAway() {
      fleet.publish("a");
      fleet.plan();
      String stuck = fleet.plannedOn("a").iterator().next();
      fleet.conditions.put(stuck, "degraded");

      fleet.planFor(Duration.ofMinutes(9));
      assertTrue(fleet.plannedOn("a").contains(stuck));

      fleet.planFor(Duration.ofMinutes(2));
      assertFalse(fleet.plannedOn("a").contains(stuck));
      assertEquals(2, fleet.plannedOn("a").size());
    }

    @Test
    void hasTheWholeTimeToMendACopyThatBreaksLater() {
      fleet.publish("a");
      fleet.plan();
      Set<String> before = fleet.plannedOn("a");
      before.forEach(node -> fleet.held.add(node + " a"));
      String degraded = before.iterator().next();
      fleet.conditions.put(degraded, "degraded");
      fleet.planFor(Duration.ofHours(1));

      fleet.held.remove(degraded + " a");
      fleet.planFor(Duration.ofMinutes(9));
      assertEquals(before, fleet.plannedOn("a"));

      fleet.held.add(degraded + " a");
      fleet.planFor(Duration.ofMinutes(2));
      fleet.held.remove(degraded + " a");
      fleet.planFor(Duration.ofMinutes(9));
      assertEquals(before, fleet.plannedOn("a"));
    }

    @Test
    void keepsItsPartWhereNobodyElseCanTakeIt() {
      fleet.publish("a");
      fleet.plan();
      Set<String> before = fleet.plannedOn("a");
      fleet.conditions.put("full", "degraded");
      fleet.conditions.put("roomy", "degraded");
      fleet.conditions.put("spare", "degraded");

      fleet.planFor(Duration.ofHours(1));

      assertEquals(before, fleet.plannedOn("a"));
    }
  }

  /** A copy is taken away in the order that nobody is led to what is gone. */
  @Nested
  class APurgedTitle {
    private final Fleet fleet = new Fleet("one", "other");

    @Test
    void leavesThePlanAtOnceAndIsForgottenOnceItIsProvenGone() {
      fleet.publish("a");
      fleet.plan();
      PackageRef ref = new PackageRef("a", "p1");
      fleet.copies.said.add("one/a/p1");
      long planned = fleet.plans.plan("one").head().contentVersion();

      fleet.copies.purged.add("a");
      fleet.plan();

      NodePlan purged = fleet.plans.plan("one");
      assertEquals(planned + 1, purged.head().contentVersion());
      assertEquals(List.of(), purged.told());
      assertEquals(Set.of(), fleet.copies.said);
      assertEquals(
          Optional.of(new CopyState.Deleting(planned + 1)),
          purged.copy(ref).map(PlannedCopy::state));

      fleet.copies.evidence.put("one/a/p1", new Evidence(planned, false));
      fleet.plan();
      assertTrue(fleet.plans.plan("one").copy(ref).isPresent(), "an old inventory proves nothing");

      fleet.copies.evidence.put("one/a/p1", new Evidence(planned + 1, false));
      fleet.plan();
      assertEquals(List.of(), fleet.plans.plan("one").copies());
      assertEquals(planned + 1, fleet.plans.plan("one").head().contentVersion());
    }
  }

  /** Plays of the old package go on for a while after new ones use the new package. */
  @Test
  void aSupersededPackageLeavesInThreeSteps() {
    Fleet fleet = new Fleet("only");
    fleet.publish("a", "p1", NOW);
    fleet.publish("a", "p2", NOW.plusSeconds(1));
    fleet.plan();
    PackageRef old = new PackageRef("a", "p1");
    fleet.copies.said.add("only/a/p1");
    fleet.copies.placedAt.put("a/p2", NOW);

    fleet.planAt(NOW.plus(Duration.ofHours(23)));
    assertTrue(fleet.plans.plan("only").find(old).isPresent());

    Instant superseded = NOW.plus(Duration.ofHours(24));
    fleet.planAt(superseded);
    assertEquals(Set.of(), fleet.copies.said);
    assertEquals(2, fleet.plans.plan("only").told().size());
    fleet.planAt(superseded.plusSeconds(1));
    fleet.planAt(superseded.plus(PlacementConfig.DEFAULTS.withdrawalWait()));
    assertEquals(2, fleet.plans.plan("only").told().size());

    fleet.planAt(superseded.plusSeconds(1).plus(PlacementConfig.DEFAULTS.withdrawalWait()));
    assertEquals(1, fleet.plans.plan("only").told().size());
  }

  /** It obeys none that is older, and would never hold what the restored one has. */
  @Test
  void aNodeThatObeysAPlanWhichTheStoreLostIsToldANewerOne() {
    Fleet fleet = new Fleet("only");
    fleet.publish("a");
    fleet.plan();
    List<PlannedCopy> copies = fleet.plans.plan("only").copies();
    long lost = NOW.plusSeconds(60).getEpochSecond();
    fleet.obeyed.put("only", lost);

    fleet.plan();
    assertEquals(NOW.getEpochSecond(), version(fleet), "nobody plans in the future");

    fleet.planAt(NOW.plusSeconds(61));
    assertEquals(lost + 1, version(fleet));
    assertEquals(copies, fleet.plans.plan("only").copies());

    fleet.planAt(NOW.plusSeconds(62));
    assertEquals(lost + 1, version(fleet), "once is enough");
  }

  private static long version(Fleet fleet) {
    return fleet.plans.plan("only").head().contentVersion();
  }

  /** Nodes of one site each, all heard and healthy. */
  private static final class Fleet {
    final Map<String, String> conditions = new HashMap<>();
    final Map<String, Long> obeyed = new HashMap<>();
    final Set<String> held = new HashSet<>();
    private final List<String> nodes;
    private final InMemoryPlacementStore store = new InMemoryPlacementStore(() -> this.now);
    private final StateTable<NodeVerdict> verdicts =
        new StateTable<>(Topics.NODE_VERDICTS, NodeVerdict.class);
    private final PackageBoard packages = new PackageBoard(store);
    private final PlanBoard plans = new PlanBoard(store);
    private final Planner planner;
    private final KnownCopies copies;
    private Instant now = NOW;

    Fleet(String... nodes) {
      this.nodes = List.of(nodes);
      copies = new KnownCopies();
      InMemoryRegistry registry = new InMemoryRegistry();
      this.nodes.forEach(node -> registry.enrol(node, "site-" + node, NOW));
      RegistryBoard board = new RegistryBoard(registry);
      board.refresh();
      plans.refresh();
      verdicts.complete();
      planner =
          new Planner(
              PlacementConfig.DEFAULTS,
              store,
              board,
              packages,
              plans,
              (node, ref) -> held.contains(node + " " + ref.titleId()),
              copies,
              verdicts,
              "me");
    }

    void publish(String titleId) {
      publish(titleId, "p1", NOW);
    }

    void publish(String titleId, String version, Instant at) {
      packages.learn(
          new Stated<>(
              at, new PackagePublished(titleId, version, "A title", "key", "11", 1_000, 1)));
    }

    void planAt(Instant time) {
      now = time;
      plan();
    }

    void plan() {
      for (String node : nodes) {
        verdicts.accept(node, said(node));
      }
      packages.refresh(now);
      assertTrue(planner.tick(now));
      plans.refresh();
    }

    void planFor(Duration time) {
      Instant end = now.plus(time);
      while (now.isBefore(end)) {
        now = now.plusSeconds(1);
        plan();
      }
    }

    private Event<NodeVerdict> said(String node) {
      NodeVerdict verdict =
          new NodeVerdict(
              node,
              "site-" + node,
              NodeHealth.HEALTHY,
              "heard",
              NOW,
              1,
              1,
              List.of(),
              new NodeCapacity(1, 10_000, 1),
              new NodeLoad(0, 0, 0, 0),
              1,
              obeyed.getOrDefault(node, 0L),
              NOW,
              conditions.getOrDefault(node, "ok"),
              1L);
      return new Event<>(
          "id", now, NodeVerdict.TYPE, 1, "local", null, null, null, Cohort.REAL, verdict);
    }

    Set<String> plannedOn(String titleId) {
      PackageRef ref = new PackageRef(titleId, "p1");
      return nodes.stream()
          .filter(node -> plans.plan(node).find(ref).isPresent())
          .collect(Collectors.toSet());
    }
  }

  /** What a test says of copies. */
  private static final class KnownCopies implements CopyRecords {
    final Set<String> said = new HashSet<>();
    final Set<String> purged = new HashSet<>();
    final Map<String, Evidence> evidence = new HashMap<>();
    final Map<String, Instant> placedAt = new HashMap<>();

    @Override
    public boolean isComplete() {
      return true;
    }

    @Override
    public boolean isSaid(String nodeId, PackageRef ref) {
      return said.contains(nodeId + "/" + ref.path());
    }

    @Override
    public Evidence evidence(String nodeId, PackageRef ref) {
      return evidence.getOrDefault(nodeId + "/" + ref.path(), Evidence.NONE);
    }

    @Override
    public boolean isPurged(String titleId) {
      return purged.contains(titleId);
    }

    @Override
    public Optional<Instant> placedAt(PackageRef ref) {
      return Optional.ofNullable(placedAt.get(ref.path()));
    }

    @Override
    public void takeBack(String nodeId, PackageRef ref) {
      said.remove(nodeId + "/" + ref.path());
    }
  }
}
