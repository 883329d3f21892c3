package io.tributary.controlplane.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.PlannedCopy;
import io.tributary.controlplane.placement.PlaceableNode.Presence;
import io.tributary.controlplane.placement.RendezvousPlacement.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RendezvousPlacementTest {
  private static final long GIB = 1L << 30;
  private final RendezvousPlacement placement = new RendezvousPlacement(2);

  @Test
  void givenTwoSites_thenEachPackageIsAtBoth() {
    List<PlaceableNode> nodes = List.of(node("a1", "a"), node("a2", "a"), node("b1", "b"));

    Map<String, List<PlannedPackage>> plans =
        plan(nodes, packages(50, GIB / 1000), Map.of()).plans();

    assertEquals(50, at(plans, "b1").size());
    assertEquals(50, at(plans, "a1").size() + at(plans, "a2").size());
  }

  @Test
  void givenOneSite_thenTwoOfItsNodesHoldEachPackage() {
    List<PlaceableNode> nodes = List.of(node("a1", "a"), node("a2", "a"), node("a3", "a"));

    Placement plan = plan(nodes, packages(10, 1), Map.of());

    assertEquals(20, plan.plans().values().stream().mapToInt(List::size).sum());
    assertEquals(List.of(), plan.shortfalls());
  }

  @Test
  void givenAnotherSiteComes_thenPackagesOfOneSiteGetACopyThereAndKeepTheirs() {
    List<PlaceableNode> one = List.of(node("a1", "a"), node("a2", "a"));
    Map<String, NodePlan> before = plans(plan(one, packages(10, 1), Map.of()));

    Placement after =
        plan(List.of(node("a1", "a"), node("a2", "a"), node("b1", "b")), packages(10, 1), before);

    assertEquals(at(before, "a1").packages(), at(after.plans(), "a1"));
    assertEquals(at(before, "a2").packages(), at(after.plans(), "a2"));
    assertEquals(10, at(after.plans(), "b1").size());
  }

  @Test
  void givenANodeIsAway_thenNothingMoves() {
    List<PlaceableNode> all = List.of(node("a1", "a"), node("a2", "a"), node("b1", "b"));
    Map<String, NodePlan> before = plans(plan(all, packages(20, 1), Map.of()));

    Placement after =
        plan(
            List.of(node("a1", "a"), node("a2", "a"), node("b1", "b", GIB, Presence.AWAY)),
            packages(20, 1),
            before);

    assertEquals(before, plans(after));
  }

  @Test
  void givenANodeIsGone_thenOthersGetItsCopiesAndItLosesThem() {
    List<PlaceableNode> all =
        List.of(node("a1", "a"), node("a2", "a"), node("b1", "b"), node("b2", "b"));
    Map<String, NodePlan> before = plans(plan(all, packages(20, 1), Map.of()));

    Placement after =
        plan(
            List.of(
                node("a1", "a"),
                node("a2", "a"),
                node("b1", "b", GIB, Presence.GONE),
                node("b2", "b")),
            packages(20, 1),
            before);

    assertEquals(List.of(), at(after.plans(), "b1"));
    assertEquals(20, at(after.plans(), "b2").size());
    assertEquals(at(before, "a1").packages(), at(after.plans(), "a1"));
  }

  @Test
  void givenNobodyElse_thenEvenAGoneNodeKeepsItsPlan() {
    List<PlaceableNode> all = List.of(node("a1", "a"), node("b1", "b"));
    Map<String, NodePlan> before = plans(plan(all, packages(5, 1), Map.of()));

    Placement after =
        plan(
            List.of(node("a1", "a", GIB, Presence.GONE), node("b1", "b", GIB, Presence.GONE)),
            packages(5, 1),
            before);

    assertEquals(before, plans(after));
  }

  @Test
  void givenTwiceTheStore_thenAboutTwiceTheCopies() {
    List<PlaceableNode> nodes = new ArrayList<>();
    for (int site = 0; site < 8; site++) {
      nodes.add(node("n" + site, "s" + site, site < 4 ? 2_000 : 1_000, Presence.PRESENT));
    }

    Map<String, List<PlannedPackage>> plans = plan(nodes, packages(2_000, 0), Map.of()).plans();

    int large = 0;
    for (int site = 0; site < 4; site++) {
      large += at(plans, "n" + site).size();
    }
    double share = large / 4_000.0;
    assertTrue(share > 0.6 && share < 0.7, "large nodes' share is " + share);
  }

  /** Over random fleets: never too full, never twice on a node, two sites where two can take it. */
  @Test
  void givenAnyFleet_thenThePlanKeepsItsPromisesAndStaysThatWay() {
    for (long seed = 0; seed < 200; seed++) {
      Random chance = new Random(seed);
      List<PlaceableNode> nodes = new ArrayList<>();
      int count = 1 + chance.nextInt(8);
      for (int i = 0; i < count; i++) {
        nodes.add(
            node(
                "n" + i,
                "s" + chance.nextInt(3),
                chance.nextInt(40),
                chance.nextInt(5) == 0 ? Presence.AWAY : Presence.PRESENT));
      }
      List<KnownPackage> packages = packages(chance.nextInt(20), 1 + chance.nextInt(4));

      Placement plan = plan(nodes, packages, Map.of());

      String told = "seed " + seed;
      for (PlaceableNode node : nodes) {
        List<PlannedPackage> planned = at(plan.plans(), node.id());
        assertEquals(planned.size(), new HashSet<>(planned).size(), told);
        assertTrue(
            planned.stream().mapToLong(PlannedPackage::bytes).sum() <= node.storeBytes(), told);
        assertTrue(planned.isEmpty() || node.presence() == Presence.PRESENT, told);
      }
      assertEquals(plans(plan), plans(plan(nodes, packages, plans(plan))), told);
      List<PlaceableNode> shuffled = new ArrayList<>(nodes);
      Collections.shuffle(shuffled, chance);
      assertEquals(plan, plan(shuffled, packages, Map.of()), told);
    }
  }

  private static <T> T at(Map<String, T> plans, String node) {
    return Objects.requireNonNull(plans.get(node), node);
  }

  private Placement plan(
      Collection<PlaceableNode> nodes,
      Collection<KnownPackage> packages,
      Map<String, NodePlan> current) {
    return placement.plan(nodes, packages, current, (node, ref) -> false);
  }

  private static PlaceableNode node(String id, String site) {
    return node(id, site, GIB, Presence.PRESENT);
  }

  private static PlaceableNode node(String id, String site, long bytes, Presence presence) {
    return new PlaceableNode(id, site, bytes, presence);
  }

  private static List<KnownPackage> packages(int count, long bytes) {
    List<KnownPackage> packages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      packages.add(new KnownPackage("t" + i, "p1", "00", bytes, Instant.EPOCH));
    }
    return packages;
  }

  private static Map<String, NodePlan> plans(Placement placement) {
    Map<String, NodePlan> plans = new HashMap<>();
    placement
        .plans()
        .forEach((node, packages) ->
            plans.put(
                node,
                new NodePlan(
                    new PlanHead(1, "x", packages.size()),
                    packages.stream().map(each -> PlannedCopy.placed(each, 1)).toList())));
    return plans;
  }
}
