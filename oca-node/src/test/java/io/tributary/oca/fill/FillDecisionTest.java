package io.tributary.oca.fill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.oca.store.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FillDecisionTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration GRACE = Duration.ofMinutes(1);

  @Test
  void whatIsPlannedAndNotHeldIsFilledInThePlansOrder() {
    assertThat(decide(plan(planned("b"), planned("a")), List.of()).fill())
        .isEqualTo(List.of(planned("b"), planned("a")));
  }

  @Test
  void whatIsHeldWithOtherContentIsFilledAnew() {
    Held old = new Held(new PackageRef("a", "p1"), "older", 1, true);

    assertThat(decide(plan(planned("a")), List.of(old)).fill()).isEqualTo(List.of(planned("a")));
  }

  @Test
  void whatIsHeldWithHolesIsRepaired() {
    Held holed = new Held(new PackageRef("a", "p1"), "digest-a", 1, false);

    assertThat(decide(plan(planned("a")), List.of(holed)))
        .isEqualTo(new FillDecision(List.of(), List.of(planned("a")), List.of(), Map.of()));
  }

  @Test
  void whatLeftThePlanStaysForTheGraceAndGoesThen() {
    PackageRef ref = new PackageRef("a", "p1");
    Held held = new Held(ref, "digest-a", 1, true);

    FillDecision first = decide(plan(), List.of(held));
    assertThat(first.delete()).isEmpty();
    assertThat(first.unplanned()).isEqualTo(Map.of(ref, NOW));

    FillDecision later =
        FillDecision.of(
            plan(), List.of(held), List.of(), Set.of(), first.unplanned(), GRACE, NOW.plus(GRACE));
    assertThat(later.delete()).isEqualTo(List.of(ref));
  }

  @Test
  void whatWasBegunAndIsNotPlannedGoesAtOnce() {
    PackageRef ref = new PackageRef("a", "p1");

    assertThat(
            FillDecision.of(plan(), List.of(), List.of(ref), Set.of(), Map.of(), GRACE, NOW)
                .delete())
        .isEqualTo(List.of(ref));
  }

  @Test
  void beforeTheFirstPlanNothingIsDeleted() {
    Held held = new Held(new PackageRef("a", "p1"), "digest-a", 1, true);

    assertThat(decide(ContentPlan.NONE, List.of(held)))
        .isEqualTo(new FillDecision(List.of(), List.of(), List.of(), Map.of()));
  }

  @Test
  void whatIsPurgedGoesAtOnceWhateverThePlanSays() {
    PackageRef ref = new PackageRef("a", "p1");
    Held held = new Held(ref, "digest-a", 1, true);

    for (ContentPlan plan : List.of(plan(planned("a")), plan(), ContentPlan.NONE)) {
      FillDecision purged =
          FillDecision.of(plan, List.of(held), List.of(), Set.of("a"), Map.of(), GRACE, NOW);
      assertThat(purged).isEqualTo(new FillDecision(List.of(), List.of(), List.of(ref), Map.of()));
    }
  }

  @Test
  void whatIsLeavingStaysAsItIs() {
    Held holed = new Held(new PackageRef("a", "p1"), "digest-a", 1, false);

    assertThat(decide(plan(planned("a").asLeaving(), planned("b").asLeaving()), List.of(holed)))
        .isEqualTo(new FillDecision(List.of(), List.of(), List.of(), Map.of()));
  }

  private static FillDecision decide(ContentPlan plan, List<Held> held) {
    return FillDecision.of(plan, held, List.of(), Set.of(), Map.of(), GRACE, NOW);
  }

  private static ContentPlan plan(PlannedPackage... packages) {
    return new ContentPlan(1, List.of(packages));
  }

  private static PlannedPackage planned(String title) {
    return new PlannedPackage(title, "p1", "digest-" + title, 1);
  }
}
