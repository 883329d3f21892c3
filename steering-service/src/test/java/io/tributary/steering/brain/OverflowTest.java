package io.tributary.steering.brain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeKind;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.Ranking;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.explain.Recompute;
import io.tributary.steering.external.ExternalCdn;
import io.tributary.steering.external.ExternalCdnConfig;
import io.tributary.steering.nearness.NearnessConfig;
import io.tributary.steering.nearness.NearnessFeed;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.LoadBoard;
import io.tributary.steering.snapshot.SnapshotFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fleet of three nodes with an external CDN of 12 Mbit/s, which is two plays. */
class OverflowTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final PackageRef HELD = new PackageRef("tears", "p1");

  private final Fleet fleet = new Fleet();
  private final List<DecisionSink.Decision> told = new ArrayList<>();
  private final ExternalCdn external =
      new ExternalCdn(
          new ExternalCdnConfig(
              "https://cdn.example/media", "cdn", 12_000_000, Duration.ofHours(1)));
  private final NearnessRanker ranker = new NearnessRanker(RankingPolicy.DEFAULTS);
  private final SteeringBrain brain =
      new SteeringBrain(
          fleet,
          new NearnessFeed(
              NearnessConfig.DEFAULTS, fleet, Path.of("unused"), InstantSource.fixed(NOW)),
          ranker,
          new DecisionIds(new Random(1)),
          external,
          Penalties.NONE,
          List.of(told::add));

  @BeforeEach
  void aFleet() {
    SnapshotFixture.fill(fleet, NOW);
  }

  @Test
  void givenRoom_whenAPlayBegins_thenTheCdnIsNeitherNamedNorCounted() {
    assertThat(names(begins("play-1", HELD))).containsExactlyInAnyOrderElementsOf(NODES);
    assertEquals(0, external.bitsPerSecond(NOW));
  }

  @Test
  void givenAFullFleet_whenPlaysBegin_thenTheyGoThereUpToItsCapAndThenToFullNodes() {
    fill(1_000_000_000);

    Ranking.Node first = begins("play-1", HELD).nodes().getFirst();
    assertEquals(
        new Ranking.Node("cdn", "cdn", "https://cdn.example/media", NodeKind.EXTERNAL), first);
    assertEquals("cdn", names(begins("play-2", HELD)).getFirst());
    assertThat(names(begins("play-3", HELD))).containsExactlyInAnyOrderElementsOf(NODES);
    assertEquals("cdn", names(begins("play-2", HELD)).getFirst(), "it is there already");

    assertEquals(10_000_000, external.bitsPerSecond(NOW));
    assertEquals(2, external.playsBegun());
    assertEquals(0, fleet.loads().standing("cdn", NOW).reservedBitsPerSecond());
    for (DecisionSink.Decision decision : told) {
      DecisionRecord record = decision.record().get();
      assertEquals(
          new Recompute.Result.Same(record.order()), new Recompute(ranker).recompute(record));
    }
  }

  @Test
  void givenAPlayThere_whenItAsksAgainAndTheFleetHasRoom_thenItsPartIsFree() {
    fill(1_000_000_000);
    begins("play-1", HELD);
    fill(0);
    begins("play-1", HELD);

    assertEquals(0, external.bitsPerSecond(NOW));
  }

  @Test
  void givenAFullFleet_whenItIsOnlyConsidered_thenNothingIsCounted() {
    fill(1_000_000_000);

    DecisionRecord record = brain.consider(question("play-1", HELD, List.of()), NOW).orElseThrow();

    assertEquals("cdn", record.order().getFirst());
    assertEquals(0, external.bitsPerSecond(NOW));
    assertEquals(0, external.playsBegun());
  }

  @Test
  void givenAPackageThatNobodyHolds_whenAPlayBegins_thenItIsNotPlaced() {
    fill(1_000_000_000);

    assertEquals("not-placed", begins("play-1", new PackageRef("sintel", "p1")).outcome());
  }

  @Test
  void givenAManifestWithTheCdn_whenItsOwnNodesLoseTheirRight_thenThePlaysThatMoveAreCounted() {
    for (String nodeId : NODES) {
      SnapshotFixture.judge(fleet, nodeId, NodeHealth.REVOKED);
    }
    assertEquals(List.of("cdn"), names(runs(List.of("n1", "cdn"))));
    assertEquals(List.of("cdn"), names(runs(List.of("cdn", "n1"))));

    assertEquals(1, external.playsMoved());
    assertEquals(0, external.bitsPerSecond(NOW));
  }

  @Test
  void givenAManifestOfAnotherCdn_whenAsked_thenThatOneIsNotNamed() {
    assertEquals(List.of("n1", "n2"), names(runs(List.of("other", "n1", "n2"))));
  }

  @Test
  void givenAnOwnNodeOfItsName_whenAPlayBegins_thenThatNameIsTheNodes() {
    ExternalCdn named =
        new ExternalCdn(
            new ExternalCdnConfig("https://cdn.example", "n1", 12_000_000, Duration.ofHours(1)));
    SteeringBrain other =
        new SteeringBrain(
            fleet,
            new NearnessFeed(
                NearnessConfig.DEFAULTS, fleet, Path.of("unused"), InstantSource.fixed(NOW)),
            ranker,
            new DecisionIds(new Random(1)),
            named,
            Penalties.NONE,
            List.of());
    fill(1_000_000_000);

    Ranking ranking = decided(other, question("play-1", HELD, List.of()));

    assertThat(names(ranking)).containsExactlyInAnyOrderElementsOf(NODES);
    assertThat(ranking.nodes()).allMatch(node -> node.kind() == null);
  }

  private void fill(long egressBitsPerSecond) {
    for (String nodeId : NODES) {
      fleet.loads().put(nodeId, new LoadBoard.Load(1_000_000_000, egressBitsPerSecond));
    }
  }

  private Ranking begins(String playbackId, PackageRef ref) {
    return decided(brain, question(playbackId, ref, List.of()));
  }

  private Ranking runs(List<String> manifestNodes) {
    return decided(brain, question("play-1", HELD, manifestNodes));
  }

  private static Ranking decided(SteeringBrain brain, SteeringBrain.Question question) {
    return assertInstanceOf(SteeringBrain.Answer.Decided.class, brain.decide(question, NOW))
        .ranking();
  }

  private static List<String> names(Ranking ranking) {
    return ranking.nodes().stream().map(Ranking.Node::nodeId).toList();
  }

  private static SteeringBrain.Question question(
      String playbackId, PackageRef ref, List<String> manifestNodes) {
    return new SteeringBrain.Question(
        playbackId, ref, Optional.empty(), 3, 5_000_000, manifestNodes, null, Cohort.REAL);
  }
}
