package io.tributary.steering.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.steering.ranking.Assessment.Excluded;
import io.tributary.steering.ranking.Assessment.Qualified;
import io.tributary.steering.ranking.SteeringDecision.Exhausted;
import io.tributary.steering.ranking.SteeringDecision.NotPlaced;
import io.tributary.steering.ranking.SteeringDecision.Steered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RendezvousRankerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final long GIGABIT = 1_000_000_000;

  private static final List<NodeHealth> HEALTHS = List.of(NodeHealth.values());

  private final RendezvousRanker ranker = new RendezvousRanker();

  @Nested
  class GivenANodeThatMayNotBeNamed {
    @Test
    void whenItIsUnhealthyDrainingRevokedOrUnreachable_thenTheVerdictIsTheReason() {
      assertEquals(Exclusion.UNHEALTHY, exclusion(node(NodeHealth.UNHEALTHY, true, true, LATER)));
      assertEquals(Exclusion.DRAINING, exclusion(node(NodeHealth.DRAINING, true, true, LATER)));
      assertEquals(Exclusion.REVOKED, exclusion(node(NodeHealth.REVOKED, true, true, LATER)));
      assertEquals(
          Exclusion.UNREACHABLE, exclusion(node(NodeHealth.UNREACHABLE, true, true, LATER)));
    }

    @Test
    void whenNoAddressIsProven_thenUnreachable() {
      assertEquals(Exclusion.UNREACHABLE, exclusion(node(NodeHealth.HEALTHY, true, false, LATER)));
    }

    @Test
    void whenItsCertificateEndsAtThisInstant_thenCertificateExpired() {
      assertEquals(
          Exclusion.CERTIFICATE_EXPIRED, exclusion(node(NodeHealth.HEALTHY, true, true, NOW)));
    }

    @Test
    void whenItDoesNotHoldThePackage_thenNotHolding() {
      assertEquals(Exclusion.NOT_HOLDING, exclusion(node(NodeHealth.HEALTHY, false, true, LATER)));
    }

    @Test
    void whenItHoldsThePackageButNoVerdictIsKnown_thenNoVerdict() {
      assertEquals(Exclusion.NO_VERDICT, exclusion(node(null, true, false, null)));
    }

    private Exclusion exclusion(Candidate candidate) {
      Assessment one = ranker.rank("play-1", 3, NOW, List.of(candidate)).assessments().getFirst();
      return assertInstanceOf(Excluded.class, one).exclusion();
    }

    private Candidate node(
        @Nullable NodeHealth health, boolean holds, boolean addressed, @Nullable Instant notAfter) {
      return new Candidate("n1", "s1", health, holds, addressed, notAfter, GIGABIT, 0);
    }
  }

  @Nested
  class GivenNobodyToName {
    @Test
    void whenNoNodeHoldsThePackage_thenNotPlaced() {
      Candidate idle =
          new Candidate("n1", "s1", NodeHealth.HEALTHY, false, true, LATER, GIGABIT, 0);

      assertInstanceOf(NotPlaced.class, ranker.rank("play-1", 3, NOW, List.of(idle)));
      assertInstanceOf(NotPlaced.class, ranker.rank("play-1", 3, NOW, List.of()));
    }

    @Test
    void whenEveryHolderIsExcluded_thenExhausted() {
      Candidate draining =
          new Candidate("n1", "s1", NodeHealth.DRAINING, true, true, LATER, GIGABIT, 0);

      assertInstanceOf(Exhausted.class, ranker.rank("play-1", 3, NOW, List.of(draining)));
    }
  }

  /** 10,000 plays over two nodes of one site and one of another: a third each. */
  @Test
  void givenEqualNodes_whenManyPlaysAreRanked_thenEachNodeIsFirstForItsShare() {
    List<Candidate> fleet =
        List.of(holder("n1", "s1", 0), holder("n2", "s1", 0), holder("n3", "s2", 0));

    Map<String, Double> shares = firstShares(fleet, 10_000);

    shares.values().forEach(share -> assertThat(share).isBetween(0.31, 0.356));
    assertEquals(Set.of("n1", "n2", "n3"), shares.keySet());
  }

  /** Headroom of 1, 1 and 0.5 Gbit/s: 40, 40 and 20 per cent. */
  @Test
  void givenAHalfLoadedNode_whenManyPlaysAreRanked_thenItIsFirstForHalfAsMany() {
    List<Candidate> fleet =
        List.of(holder("n1", "s1", 0), holder("n2", "s1", 0), holder("n3", "s2", GIGABIT / 2));

    Map<String, Double> shares = firstShares(fleet, 10_000);

    assertThat(shares.get("n1")).isBetween(0.38, 0.42);
    assertThat(shares.get("n3")).isBetween(0.18, 0.22);
  }

  @Test
  void givenAFullNode_whenManyPlaysAreRanked_thenItStillGetsALittle() {
    List<Candidate> fleet = List.of(holder("n1", "s1", 0), holder("n2", "s2", 2 * GIGABIT));

    assertThat(firstShares(fleet, 10_000).get("n2")).isBetween(0.03, 0.07);
  }

  @Test
  void givenANodeIsLost_whenRankedAgain_thenOnlyItsOwnPlaysMove() {
    List<Candidate> fleet =
        List.of(holder("n1", "s1", 0), holder("n2", "s1", 0), holder("n3", "s2", 0));
    List<Candidate> without = List.of(fleet.get(0), fleet.get(2));

    for (int play = 0; play < 1_000; play++) {
      String before = order(fleet, "play-" + play, 1).getFirst();
      if (!before.equals("n2")) {
        assertEquals(before, order(without, "play-" + play, 1).getFirst(), "play-" + play);
      }
    }
  }

  @Test
  void givenMoreNodesThanRoom_whenMaxNodesIsOutOfRange_thenRefusedByName() {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> ranker.rank("play-1", 9, NOW, List.of(holder("n1", "s1", 0))));

    assertEquals("maxNodes is 9 (expected: 1 to 8)", refused.getMessage());
  }

  /** Random fleets: what must hold for every one of them. */
  @Test
  void givenAnyFleet_whenRanked_thenTheRulesHold() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<Candidate> fleet = anyFleet(random);
      int maxNodes = 1 + random.nextInt(8);
      String playbackId = "play-" + random.nextInt();
      String message = "seed " + seed;

      SteeringDecision decision = ranker.rank(playbackId, maxNodes, NOW, fleet);

      List<Candidate> shuffled = new ArrayList<>(fleet);
      Collections.shuffle(shuffled, random);
      assertEquals(decision, ranker.rank(playbackId, maxNodes, NOW, shuffled), message);
      assertEquals(fleet.size(), decision.assessments().size(), message);
      List<Qualified> qualified =
          decision.assessments().stream()
              .filter(Qualified.class::isInstance)
              .map(Qualified.class::cast)
              .toList();
      switch (decision) {
        case Steered(List<Candidate> order, List<Assessment> _) ->
            checkOrder(order, qualified, maxNodes, message);
        case NotPlaced _ -> assertThat(fleet).as(message).noneMatch(Candidate::holds);
        case Exhausted _ -> {
          assertThat(fleet).as(message).anyMatch(Candidate::holds);
          assertThat(qualified).as(message).isEmpty();
        }
      }
    }
  }

  private static void checkOrder(
      List<Candidate> order, List<Qualified> qualified, int maxNodes, String message) {
    assertEquals(Math.min(maxNodes, qualified.size()), order.size(), message);
    assertEquals(order.size(), new HashSet<>(order).size(), message);
    Qualified best = Collections.max(qualified, (a, b) -> Double.compare(a.score(), b.score()));
    assertEquals(best.candidate(), order.getFirst(), message);
    Set<String> sites = new HashSet<>();
    qualified.forEach(one -> sites.add(one.candidate().siteId()));
    Set<String> named = new HashSet<>();
    order.forEach(one -> named.add(one.siteId()));
    assertThat(named.size())
        .as(message)
        .isGreaterThanOrEqualTo(Math.min(Math.min(2, sites.size()), maxNodes));
    List<Candidate> left = new ArrayList<>(qualified.stream().map(Qualified::candidate).toList());
    left.remove(order.getFirst());
    for (int i = 1; i < order.size(); i++) {
      String siteBefore = order.get(i - 1).siteId();
      boolean anotherWasLeft = left.stream().anyMatch(one -> !one.siteId().equals(siteBefore));
      assertEquals(anotherWasLeft, !order.get(i).siteId().equals(siteBefore), message);
      left.remove(order.get(i));
    }
  }

  private List<Candidate> anyFleet(Random random) {
    List<Candidate> fleet = new ArrayList<>();
    int size = random.nextInt(12);
    for (int i = 0; i < size; i++) {
      NodeHealth health =
          random.nextInt(3) > 0 ? NodeHealth.HEALTHY : HEALTHS.get(random.nextInt(HEALTHS.size()));
      fleet.add(
          new Candidate(
              "n" + i,
              "s" + random.nextInt(4),
              health,
              random.nextInt(4) > 0,
              random.nextInt(10) > 0,
              random.nextInt(10) > 0 ? LATER : NOW.minusSeconds(1),
              random.nextInt(3) * GIGABIT,
              random.nextLong(2 * GIGABIT)));
    }
    return fleet;
  }

  private Map<String, Double> firstShares(List<Candidate> fleet, int plays) {
    Map<String, Double> shares = new HashMap<>();
    for (int play = 0; play < plays; play++) {
      shares.merge(order(fleet, "play-" + play, 3).getFirst(), 1.0 / plays, Double::sum);
    }
    return shares;
  }

  private List<String> order(List<Candidate> fleet, String playbackId, int maxNodes) {
    SteeringDecision decision = ranker.rank(playbackId, maxNodes, NOW, fleet);
    return assertInstanceOf(Steered.class, decision).order().stream()
        .map(Candidate::nodeId)
        .toList();
  }

  private static Candidate holder(String nodeId, String siteId, long egressBitsPerSecond) {
    return new Candidate(
        nodeId, siteId, NodeHealth.HEALTHY, true, true, LATER, GIGABIT, egressBitsPerSecond);
  }
}
