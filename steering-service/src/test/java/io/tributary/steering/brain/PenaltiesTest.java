package io.tributary.steering.brain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.media.PackageRef;
import io.tributary.steering.brain.SteeringBrain.Question;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.Recompute;
import io.tributary.steering.external.ExternalCdn;
import io.tributary.steering.external.ExternalCdnConfig;
import io.tributary.steering.nearness.NearnessConfig;
import io.tributary.steering.nearness.NearnessFeed;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FleetSnapshot;
import io.tributary.steering.snapshot.SnapshotFixture;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a penalty does to decisions. */
class PenaltiesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Fleet fleet = new Fleet();

  PenaltiesTest() {
    SnapshotFixture.fill(fleet, NOW);
    FleetSnapshot.Edit edit = fleet.snapshot().edit();
    for (int title = 0; title < 200; title++) {
      for (String nodeId : List.of("n1", "n2", "n3")) {
        edit.hold(nodeId, title(title));
      }
    }
    fleet.swap(edit.done());
  }

  @Test
  void givenAPenalty_whenDecided_thenTheRecordHasItAndExplainsItself() {
    DecisionRecord record = decisions(1, 0.5).getFirst();

    assertThat(record.candidates())
        .filteredOn(candidate -> candidate.nodeId().equals("n3"))
        .singleElement()
        .satisfies(candidate ->
            assertThat(candidate.facts())
                .satisfies(facts -> assertThat(facts.penalty()).isEqualTo(0.5)));
    assertInstanceOf(
        Recompute.Result.Same.class,
        new Recompute(new NearnessRanker(RankingPolicy.DEFAULTS)).recompute(record));
  }

  /** n3 alone is in its site, so it is named always: what moves is how often it is first. */
  @Test
  void givenTheGreatestPenalty_whenManyTitlesAreAsked_thenTheNodeIsFirstLessOftenAndNotExcluded() {
    List<DecisionRecord> without = decisions(200, 0);
    List<DecisionRecord> with = decisions(200, 1);

    assertThat(firsts(with)).isPositive().isLessThan(firsts(without) / 2);
    assertThat(with).allSatisfy(record -> assertThat(record.order()).contains("n3"));
  }

  private static long firsts(List<DecisionRecord> records) {
    return records.stream().filter(record -> record.order().getFirst().equals("n3")).count();
  }

  private List<DecisionRecord> decisions(int titles, double penaltyOfN3) {
    SteeringBrain brain =
        new SteeringBrain(
            fleet,
            new NearnessFeed(
                NearnessConfig.DEFAULTS, fleet, Path.of("unused"), InstantSource.fixed(NOW)),
            new NearnessRanker(RankingPolicy.DEFAULTS),
            new DecisionIds(new Random(1)),
            new ExternalCdn(ExternalCdnConfig.NONE),
            (nodeId, _) -> nodeId.equals("n3") ? penaltyOfN3 : 0,
            List.of());
    List<DecisionRecord> records = new ArrayList<>();
    for (int title = 0; title < titles; title++) {
      records.add(
          brain
              .consider(
                  new Question(
                      "play-1",
                      title(title),
                      Optional.empty(),
                      3,
                      SteeringBrain.USUAL_BITS_PER_SECOND,
                      List.of(),
                      null,
                      Cohort.REAL),
                  NOW)
              .orElseThrow());
    }
    return records;
  }

  private static PackageRef title(int number) {
    return new PackageRef("title-" + number, "p1");
  }
}
