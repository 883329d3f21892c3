package io.tributary.controlplane.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.CopyState;
import io.tributary.controlplane.copies.PlannedCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link PlacementStore} does. */
abstract class PlacementStoreContract {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private static final List<CopyState> STATES =
      List.of(
          new CopyState.Placed(3),
          new CopyState.Withdrawn(),
          new CopyState.Waiting(THEN),
          new CopyState.Deleting(4));

  /** An empty one. */
  abstract PlacementStore store();

  @Test
  void packagesAreReadBackInOrder() {
    PlacementStore store = store();
    KnownPackage second = new KnownPackage("b", "p1", "22", 2, THEN);
    KnownPackage first = new KnownPackage("a", "p1", "11", 1, THEN);
    store.putPackage(second);
    store.putPackage(first);
    store.putPackage(second);

    assertEquals(List.of(first, second), store.packages());
    assertEquals(Optional.of(first), store.find("a", "p1"));
    assertEquals(Optional.empty(), store.find("a", "p2"));
  }

  @Test
  void aPlanReplacesOnlyThePlanItWasMadeFrom() {
    PlacementStore store = store();
    List<PlannedCopy> packages = packages(1_234);
    PlanHead one = new PlanHead(1, "one", packages.size());
    PlanHead two = new PlanHead(2, "two", 0);
    PlanHead rival = new PlanHead(2, "rival", 1);

    assertTrue(store.publish("n", PlanHead.NONE, one, packages));
    assertEquals(packages, store.content("n", one));
    assertFalse(store.publish("n", PlanHead.NONE, rival, packages(1)));
    assertTrue(store.publish("n", one, two, List.of()));
    assertFalse(store.publish("n", one, rival, packages(1)));

    assertEquals(Map.of("n", two), store.heads());
    assertEquals(List.of(), store.content("n", one));
    assertEquals(List.of(), store.content("n", rival));
  }

  @Test
  void theLeaseHasOneHolderWhoMayKeepIt() {
    PlacementStore store = store();
    Duration lifetime = Duration.ofMinutes(1);

    assertTrue(store.lease("a", lifetime));
    assertTrue(store.lease("a", lifetime));
    assertFalse(store.lease("b", lifetime));
    store.release("b");
    assertFalse(store.lease("b", lifetime));
    store.release("a");
    assertTrue(store.lease("b", lifetime));
  }

  private static List<PlannedCopy> packages(int count) {
    List<PlannedCopy> packages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      packages.add(
          new PlannedCopy(
              new PlannedPackage("t%05d".formatted(i), "p1", "ab", i),
              STATES.get(i % STATES.size())));
    }
    return packages;
  }
}
