package io.tributary.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeLoad;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.PlannedCopy;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.fill.HoldingBoard;
import io.tributary.controlplane.fill.HoldingHead;
import io.tributary.controlplane.fill.InMemoryHoldingStore;
import io.tributary.controlplane.fill.NodeHoldings;
import io.tributary.controlplane.placement.InMemoryPlacementStore;
import io.tributary.controlplane.placement.PlanBoard;
import io.tributary.controlplane.placement.PlanHead;
import io.tributary.controlplane.registry.InMemoryRegistry;
import io.tributary.controlplane.registry.RegistryBoard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FleetFiguresTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final RegistryBoard nodes = new RegistryBoard(registry);
  private final StateTable<NodeVerdict> verdicts =
      new StateTable<>(Topics.NODE_VERDICTS, NodeVerdict.class);
  private final InMemoryPlacementStore plans = new InMemoryPlacementStore(InstantSource.fixed(NOW));
  private final PlanBoard planned = new PlanBoard(plans);
  private final InMemoryHoldingStore holdings = new InMemoryHoldingStore();
  private final HoldingBoard held = new HoldingBoard(holdings);
  private final FleetFigures figures = new FleetFigures(nodes, verdicts, planned, held);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  FleetFiguresTest() {
    figures.bindTo(meters);
  }

  @Test
  void nodesAreCountedBySiteAndHealth() {
    registry.enrol("a", "home", NOW);
    registry.enrol("b", "home", NOW);
    registry.enrol("c", "home", NOW);
    registry.enrol("d", "away", NOW);
    registry.revoke("d");
    nodes.refresh();
    say("a", NodeHealth.HEALTHY);
    say("b", NodeHealth.UNHEALTHY);
    say("d", NodeHealth.HEALTHY);

    figures.count();

    assertEquals(1, nodes("home", "healthy"));
    assertEquals(1, nodes("home", "unhealthy"));
    assertEquals(1, nodes("home", "enrolled"));
    assertEquals(0, nodes("away", "healthy"));
    assertEquals(1, nodes("away", "revoked"));

    say("a", NodeHealth.UNREACHABLE);
    figures.count();

    assertEquals(0, nodes("home", "healthy"));
    assertEquals(1, nodes("home", "unreachable"));
  }

  @Test
  void beforeTheRegistryWasReadThereIsNoFigureOfIt() {
    figures.count();

    assertEquals(List.of(), List.copyOf(meters.find("control_plane_nodes").gauges()));
  }

  @Test
  void plannedCopiesThatAreNotConfirmedAreCounted() {
    plans.publish(
        "a",
        PlanHead.NONE,
        new PlanHead(1, "x", 2),
        List.of(
            PlannedCopy.placed(new PlannedPackage("t", "p1", "11", 1), 1),
            PlannedCopy.placed(new PlannedPackage("u", "p1", "11", 1), 1)));
    planned.refresh();
    assertEquals(0, unconfirmed(), "nothing is known of holdings yet");

    held.refresh();
    assertEquals(2, unconfirmed());

    holdings.put(
        "a",
        HoldingHead.NONE,
        new NodeHoldings(new HoldingHead("d", 1, "r", 1), Set.of(new PackageRef("t", "p1"))));
    held.refresh();
    assertEquals(1, unconfirmed());
  }

  private void say(String node, NodeHealth health) {
    NodeVerdict verdict =
        new NodeVerdict(
            node,
            "said",
            health,
            "heard",
            NOW,
            1,
            1,
            List.of(),
            new NodeCapacity(1, 1, 1),
            new NodeLoad(0, 0, 0, 0),
            1,
            1,
            NOW,
            "ok",
            1L);
    verdicts.accept(
        node,
        new Event<>(
            "id", NOW, NodeVerdict.TYPE, 1, "local", null, null, null, Cohort.REAL, verdict));
  }

  private double nodes(String site, String health) {
    Gauge gauge = meters.get("control_plane_nodes").tags("site", site, "health", health).gauge();
    return gauge.value();
  }

  private double unconfirmed() {
    return meters.get("control_plane_fills_unconfirmed").gauge().value();
  }
}
