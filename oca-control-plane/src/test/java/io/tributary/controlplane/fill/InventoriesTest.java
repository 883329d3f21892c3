package io.tributary.controlplane.fill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.HeldPackage;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.fill.Inventories.Taken;
import io.tributary.controlplane.placement.NodePlan;
import io.tributary.controlplane.placement.PlanHead;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InventoriesTest {
  private static final HeldPackage GOOD = new HeldPackage("a", "p1", "11");
  private static final HeldPackage OTHER_BYTES = new HeldPackage("b", "p1", "ff");
  private static final HeldPackage UNASKED = new HeldPackage("c", "p1", "33");
  private static final List<HeldPackage> ALL = List.of(GOOD, OTHER_BYTES, UNASKED);
  private static final NodePlan PLAN =
      new NodePlan(
          new PlanHead(7, "x", 2),
          List.of(new PlannedPackage("a", "p1", "11", 1), new PlannedPackage("b", "p1", "22", 1)));

  private final Inventories inventories = new Inventories();

  @Test
  void onlyWhatWasPlannedWithTheSameBytesCounts() {
    String digest = Inventories.digest(ALL);

    assertEquals(
        new Taken.Whole(digest, 7, Set.of(new PackageRef("a", "p1"))),
        inventories.take(page(digest, 0, 1, ALL), PLAN));
  }

  @Test
  void pagesMakeAWholeInAnyOrder() {
    String digest = Inventories.digest(ALL);

    assertInstanceOf(
        Taken.Waiting.class, inventories.take(page(digest, 1, 2, ALL.subList(1, 3)), PLAN));
    assertInstanceOf(
        Taken.Whole.class, inventories.take(page(digest, 0, 2, ALL.subList(0, 1)), PLAN));
  }

  @Test
  void aDigestThatIsNotThePagesIsRefused() {
    assertInstanceOf(Taken.Refused.class, inventories.take(page("00", 0, 1, ALL), PLAN));
    assertInstanceOf(Taken.Refused.class, inventories.take(page("00", 1, 1, ALL), PLAN));
  }

  private static Inventory page(String digest, int page, int pages, List<HeldPackage> packages) {
    return new Inventory("n", 1, 7, digest, page, pages, packages);
  }
}
