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
    store.publish("n", PlanHead.NONE, head, List.of(new PlannedPackage("a", "p1", "11", 1)));
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

  /** Nodes of one site each, all heard and healthy. */
  private static final class Fleet {
    final Map<String, String> conditions = new HashMap<>();
    final Set<String> held = new HashSet<>();
    private final List<String> nodes;
    private final InMemoryPlacementStore store = new InMemoryPlacementStore(() -> this.now);
    private final StateTable<NodeVerdict> verdicts =
        new StateTable<>(Topics.NODE_VERDICTS, NodeVerdict.class);
    private final PackageBoard packages = new PackageBoard(store);
    private final PlanBoard plans = new PlanBoard(store);
    private final Planner planner;
    private Instant now = NOW;

    Fleet(String... nodes) {
      this.nodes = List.of(nodes);
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
              verdicts,
              "me");
    }

    void publish(String titleId) {
      packages.learn(
          new Stated<>(NOW, new PackagePublished(titleId, "p1", "A title", "key", "11", 1_000, 1)));
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
              new NodeCapacity(1, 1_000, 1),
              new NodeLoad(0, 0, 0, 0),
              1,
              1,
              NOW,
              conditions.getOrDefault(node, "ok"));
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
}
