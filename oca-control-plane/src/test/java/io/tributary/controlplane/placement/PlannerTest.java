package io.tributary.controlplane.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.events.StateTable;
import io.tributary.controlplane.registry.InMemoryRegistry;
import io.tributary.controlplane.registry.RegistryBoard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
        new Planner(PlacementConfig.DEFAULTS, store, nodes, packages, plans, verdicts, "me");

    assertFalse(planner.tick(NOW));
    assertEquals(head, store.heads().get("n"));

    packages.refresh(NOW);
    assertTrue(packages.isLoaded());
    assertTrue(planner.tick(NOW));
  }
}
