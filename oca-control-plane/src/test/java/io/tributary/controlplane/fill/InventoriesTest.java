package io.tributary.controlplane.fill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.HeldPackage;
import io.tributary.contracts.node.Inventory;
import io.tributary.contracts.node.InventoryChanges;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.copies.CopyState;
import io.tributary.controlplane.copies.PlannedCopy;
import io.tributary.controlplane.fill.Inventories.Taken;
import io.tributary.controlplane.placement.NodePlan;
import io.tributary.controlplane.placement.PlanHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class InventoriesTest {
  private static final HeldPackage GOOD = new HeldPackage("a", "p1", "11");
  private static final HeldPackage OTHER_BYTES = new HeldPackage("b", "p1", "ff");
  private static final HeldPackage UNASKED = new HeldPackage("c", "p1", "33");
  private static final List<HeldPackage> ALL = List.of(GOOD, OTHER_BYTES, UNASKED);
  private static final NodePlan PLAN =
      new NodePlan(
          new PlanHead(7, "x", 2),
          List.of(
              PlannedCopy.placed(new PlannedPackage("a", "p1", "11", 1), 1),
              PlannedCopy.placed(new PlannedPackage("b", "p1", "22", 1), 1),
              new PlannedCopy(new PlannedPackage("d", "p1", "44", 1), new CopyState.Deleting(7))));

  private final Inventories inventories = new Inventories();

  @Test
  void onlyWhatWasPlannedWithTheSameBytesCounts() {
    String digest = digest(ALL);

    assertEquals(
        new Taken.Whole(digest, 7, Set.of(new PackageRef("a", "p1"))),
        inventories.take(page(digest, 0, 1, ALL), PLAN));
  }

  /** Else an old inventory could name a copy that was deleted since, or deny one that is there. */
  @Test
  void anInventoryIsOfThePlanThatTheNodeObeyed() {
    List<HeldPackage> held = List.of(GOOD);
    String digest = digest(held);

    assertEquals(
        new Taken.Whole(digest, 5, Set.of(new PackageRef("a", "p1"))),
        inventories.take(new Inventory("n", 1, 5, digest, 0, 1, held), PLAN));
  }

  @Test
  void whatShouldBeGoneAndIsThereCounts() {
    List<HeldPackage> held = List.of(new HeldPackage("d", "p1", "any"));
    String digest = digest(held);

    assertEquals(
        new Taken.Whole(digest, 7, Set.of(new PackageRef("d", "p1"))),
        inventories.take(page(digest, 0, 1, held), PLAN));
  }

  @Test
  void pagesMakeAWholeInTheirOrder() {
    String digest = digest(ALL);

    assertWaiting(page(digest, 0, 2, ALL.subList(0, 1)), PLAN);
    assertEquals(
        new Taken.Whole(digest, 7, Set.of(new PackageRef("a", "p1"))),
        inventories.take(page(digest, 1, 2, ALL.subList(1, 3)), PLAN));
  }

  /** None is kept, so that no node fills our memory with what it never finishes. */
  @Test
  void aPageOutOfItsTurnIsDroppedAndOneThatComesTwiceDoesNoHarm() {
    String digest = digest(ALL);

    assertWaiting(page(digest, 1, 2, ALL.subList(1, 3)), PLAN);
    assertWaiting(page(digest, 0, 2, ALL.subList(0, 1)), PLAN);
    assertWaiting(page(digest, 0, 2, ALL.subList(0, 1)), PLAN);
    assertInstanceOf(
        Taken.Whole.class, inventories.take(page(digest, 1, 2, ALL.subList(1, 3)), PLAN));
    assertWaiting(page(digest, 1, 2, ALL.subList(1, 3)), PLAN);
  }

  @Test
  void pagesThatWereCheckedAgainstTwoPlansMakeNoWhole() {
    String digest = digest(ALL);
    NodePlan newer = new NodePlan(new PlanHead(8, "y", 0), List.of());

    assertWaiting(page(digest, 0, 2, ALL.subList(0, 1)), PLAN);
    assertWaiting(page(digest, 1, 2, ALL.subList(1, 3)), newer);
  }

  @Test
  void aDigestThatIsNotThePagesIsRefused() {
    assertRefused(page("00".repeat(32), 0, 1, ALL));
    assertRefused(page("no digest", 0, 1, ALL));
    assertRefused(page(digest(ALL), 1, 1, ALL));
    assertRefused(page(digest(ALL), 0, 1_001, ALL));
  }

  @Test
  void packagesWithIdsThatAreNoneAreRefused() {
    for (String id : new String[] {"", "../a", "A", "a\nnode=b", "a".repeat(65)}) {
      List<HeldPackage> bad = List.of(new HeldPackage(id, "p1", "11"));
      assertRefused(page(digest(bad), 0, 1, bad));
      List<HeldPackage> alsoBad = List.of(new HeldPackage("a", id, "11"));
      assertRefused(page(digest(alsoBad), 0, 1, alsoBad));
    }
  }

  /** As a body says it that lacks them. */
  @Test
  void packagesWithoutIdsAndPagesWithoutADigestAreRefused() {
    assertRefused(read("{\"digest\":\"" + digest(ALL) + "\",\"packages\":[{\"titleId\":\"a\"}]}"));
    assertRefused(read("{\"packages\":[]}"));
  }

  @Nested
  class GivenAnInventoryIsKnown {
    private static final HeldPackage LATER = new HeldPackage("b", "p1", "22");
    private final NodeHoldings known =
        new NodeHoldings(
            new HoldingHead(digest(List.of(GOOD)), 6, "r", 1), Set.of(new PackageRef("a", "p1")));

    @Test
    void changesThatLeadToTheToldDigestAreTaken() {
      String digest = digest(List.of(GOOD, LATER));

      assertEquals(
          new Taken.Whole(digest, 7, Set.of(new PackageRef("a", "p1"), new PackageRef("b", "p1"))),
          inventories.take(changes(digest, List.of(), List.of(LATER)), PLAN, known));
    }

    @Test
    void whatIsNoLongerHeldCountsNoMore() {
      String digest = digest(List.of());

      assertEquals(
          new Taken.Whole(digest, 7, Set.of()),
          inventories.take(changes(digest, List.of(GOOD), List.of()), PLAN, known));
    }

    /** A newer plan was read: what is held did not change, and is confirmed under it. */
    @Test
    void noChangeAtAllConfirmsUnderTheNewerPlan() {
      String digest = digest(List.of(GOOD));

      assertEquals(
          new Taken.Whole(digest, 7, known.packages()),
          inventories.take(changes(digest, List.of(), List.of()), PLAN, known));
    }

    @Test
    void whatWasNotAskedForDoesNotCount_andTheNextChangesLeadElsewhere() {
      String digest = digest(List.of(GOOD, UNASKED));

      assertEquals(
          new Taken.Whole(digest, 7, known.packages()),
          inventories.take(changes(digest, List.of(), List.of(UNASKED)), PLAN, known));
      NodeHoldings after = new NodeHoldings(new HoldingHead(digest, 7, "s", 1), known.packages());
      assertEquals(
          new Taken.Elsewhere(),
          inventories.take(
              new InventoryChanges(
                  "n",
                  1,
                  7,
                  digest,
                  digest(List.of(GOOD, LATER, UNASKED)),
                  List.of(),
                  List.of(LATER)),
              PLAN,
              after));
    }

    @Test
    void changesOfAnotherInventoryOrToAnotherDigestLeadElsewhere() {
      String digest = digest(List.of(GOOD, LATER));
      NodeHoldings other =
          new NodeHoldings(new HoldingHead("", 6, "r", 1), Set.of(new PackageRef("a", "p1")));

      assertEquals(
          new Taken.Elsewhere(),
          inventories.take(changes(digest, List.of(), List.of(LATER)), PLAN, other));
      assertEquals(
          new Taken.Elsewhere(),
          inventories.take(changes(digest, List.of(), List.of()), PLAN, known));
    }

    @Test
    void changesWithoutBoundOrWithIdsThatAreNoneAreRefused() {
      String digest = digest(List.of(GOOD));

      assertInstanceOf(
          Taken.Refused.class,
          inventories.take(
              changes(digest, List.of(GOOD), Collections.nCopies(1_000, LATER)), PLAN, known));
      assertInstanceOf(
          Taken.Refused.class,
          inventories.take(
              changes(digest, List.of(new HeldPackage("../a", "p", "1")), List.of()), PLAN, known));
    }

    private static InventoryChanges changes(
        String digest, List<HeldPackage> removed, List<HeldPackage> added) {
      return new InventoryChanges("n", 1, 7, digest(List.of(GOOD)), digest, removed, added);
    }
  }

  private void assertWaiting(Inventory page, NodePlan plan) {
    assertInstanceOf(Taken.Waiting.class, inventories.take(page, plan));
  }

  private void assertRefused(Inventory page) {
    assertInstanceOf(Taken.Refused.class, inventories.take(page, PLAN), page.toString());
  }

  private static Inventory read(String fields) {
    return JsonMapper.builder()
        .build()
        .readValue(
            "{\"nodeId\":\"n\",\"incarnation\":1,\"contentVersion\":7,\"page\":0,\"pages\":1,"
                + fields.substring(1),
            Inventory.class);
  }

  /** As {@link Inventory#digest} says. */
  private static String digest(List<HeldPackage> packages) {
    StringBuilder lines = new StringBuilder();
    for (HeldPackage each : packages) {
      lines
          .append(each.titleId())
          .append('/')
          .append(each.packageVersion())
          .append(' ')
          .append(each.manifestSha256())
          .append('\n');
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Inventory page(String digest, int page, int pages, List<HeldPackage> packages) {
    return new Inventory("n", 1, 7, digest, page, pages, packages);
  }
}
