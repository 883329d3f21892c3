package io.tributary.steering.brain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.media.PackageRef;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.location.ClientLocator;
import io.tributary.steering.location.Geography;
import io.tributary.steering.location.PrefixTable;
import io.tributary.steering.location.Sites;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FleetSnapshot;
import io.tributary.steering.snapshot.KnownNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteeringBrainTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final PackageRef REF = new PackageRef("title", "p1");
  private static final Nearness NOTHING_NEAR =
      new Nearness(
          new ClientLocator(PrefixTable.EMPTY, new Sites(List.of()), Geography.UNKNOWN, null),
          List.of(),
          0,
          NOW);

  @Test
  void a_small_fleets_record_says_of_the_other_nodes_that_they_do_not_hold_the_package() {
    DecisionRecord record = recordInAFleetOf(34);

    assertThat(record.candidates()).hasSize(34);
    assertThat(record.candidates())
        .filteredOn(candidate -> "not-holding".equals(candidate.exclusion()))
        .hasSize(32);
  }

  @Test
  void a_large_fleets_record_is_of_the_nodes_that_hold_the_package_alone() {
    DecisionRecord record = recordInAFleetOf(35);

    assertThat(record.candidates())
        .extracting(DecisionRecord.Candidate::nodeId)
        .containsExactly("node-0", "node-1");
    assertThat(record.order()).hasSize(2);
  }

  @Test
  void a_holder_without_a_verdict_is_recorded_and_not_named() {
    Fleet fleet = fleet(2);
    fleet.swap(fleet.snapshot().edit().hold("stranger", REF).done());

    DecisionRecord record = record(fleet);

    assertThat(record.candidates())
        .filteredOn(candidate -> candidate.nodeId().equals("stranger"))
        .singleElement()
        .matches(candidate -> "no-verdict".equals(candidate.exclusion()));
    assertThat(record.order()).containsExactlyInAnyOrder("node-0", "node-1");
  }

  private static DecisionRecord recordInAFleetOf(int nodes) {
    return record(fleet(nodes));
  }

  private static DecisionRecord record(Fleet fleet) {
    SteeringBrain brain =
        new SteeringBrain(
            fleet,
            () -> NOTHING_NEAR,
            new NearnessRanker(RankingPolicy.DEFAULTS),
            new DecisionIds(new Random(1)),
            List.of());
    return brain
        .consider(
            new SteeringBrain.Question(
                "play", REF, Optional.empty(), 4, 5_000_000, List.of(), null, Cohort.REAL),
            NOW)
        .orElseThrow();
  }

  /** The first two hold the package. */
  private static Fleet fleet(int nodes) {
    FleetSnapshot.Edit edit = FleetSnapshot.EMPTY.edit();
    for (int i = 0; i < nodes; i++) {
      edit.put(
          new KnownNode(
              "node-" + i,
              "site-" + i,
              NodeHealth.HEALTHY,
              "heard",
              "http://192.0.2.1:" + (1_024 + i),
              NOW.plus(Duration.ofDays(1))));
    }
    Fleet fleet = new Fleet();
    fleet.swap(edit.hold("node-0", REF).hold("node-1", REF).done());
    fleet.usable();
    return fleet;
  }
}
