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
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NearnessRankerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final long GIGABIT = 1_000_000_000;
  private static final long PLAY_BITS_PER_SECOND = 5_000_000;

  private static final List<NodeHealth> HEALTHS = List.of(NodeHealth.values());

  private final NearnessRanker ranker = new NearnessRanker(RankingPolicy.DEFAULTS);

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
      Assessment one = rank("play-1", 3, List.of(candidate)).assessments().getFirst();
      return assertInstanceOf(Excluded.class, one).exclusion();
    }

    private Candidate node(
        @Nullable NodeHealth health, boolean holds, boolean addressed, @Nullable Instant notAfter) {
      return new Candidate("n1", "s1", 0, health, holds, addressed, notAfter, GIGABIT, 0, 0, 0);
    }
  }

  @Nested
  class GivenNobodyToName {
    @Test
    void whenNoNodeHoldsThePackage_thenNotPlaced() {
      assertInstanceOf(
          NotPlaced.class, rank("play-1", 3, List.of(node(NodeHealth.HEALTHY, false))));
      assertInstanceOf(NotPlaced.class, rank("play-1", 3, List.of()));
    }

    @Test
    void whenEveryHolderIsExcluded_thenExhausted() {
      assertInstanceOf(
          Exhausted.class, rank("play-1", 3, List.of(node(NodeHealth.DRAINING, true))));
    }

    private Candidate node(NodeHealth health, boolean holds) {
      return new Candidate("n1", "s1", 0, health, holds, true, LATER, GIGABIT, 0, 0, 0);
    }
  }

  @Nested
  class GivenAPlayThatRuns {
    private static final List<String> MANIFEST = List.of("c", "a", "b");

    @Test
    void whenItsNodesAreWell_thenItsManifestsOrderStaysWhateverTheirLoadAndDistance() {
      assertEquals(
          MANIFEST,
          named(
              holder("a", "s1", 0, 0), holder("b", "s2", 1, 0), holder("c", "s3", 9, 2 * GIGABIT)));
    }

    @Test
    void whenOneLostItsRight_thenItIsLeftOut() {
      for (NodeHealth health : HEALTHS) {
        if (health != NodeHealth.HEALTHY) {
          assertEquals(List.of("a", "b"), named(well("a"), well("b"), judged("c", health)));
        }
      }
    }

    @Test
    void whenOneIsLeft_thenADrainingAndElseASilentOneStandsBehindIt() {
      assertEquals(
          List.of("a", "b"),
          named(well("a"), judged("b", NodeHealth.DRAINING), judged("c", NodeHealth.UNHEALTHY)));
      assertEquals(
          List.of("a", "c"),
          named(well("a"), judged("b", NodeHealth.REVOKED), judged("c", NodeHealth.UNHEALTHY)));
    }

    @Test
    void whenNoneIsWell_thenWhatItHasIsNamedButNeverARevokedOne() {
      assertEquals(
          List.of("b", "a"),
          named(
              judged("a", NodeHealth.UNHEALTHY),
              judged("b", NodeHealth.DRAINING),
              judged("c", NodeHealth.REVOKED)));
      assertInstanceOf(Exhausted.class, running(judged("c", NodeHealth.REVOKED)));
    }

    @Test
    void whenALastResortLacksPackageAddressOrCertificate_thenItIsNotNamed() {
      NodeHealth draining = NodeHealth.DRAINING;
      assertInstanceOf(
          Exhausted.class,
          running(
              new Candidate("a", "s1", 0, draining, true, false, LATER, GIGABIT, 0, 0, 0),
              new Candidate("b", "s1", 0, draining, true, true, NOW, GIGABIT, 0, 0, 0)));
      assertInstanceOf(
          NotPlaced.class,
          running(new Candidate("c", "s1", 0, draining, false, true, LATER, GIGABIT, 0, 0, 0)));
    }

    private List<String> named(Candidate... fleet) {
      return assertInstanceOf(Steered.class, running(fleet)).order().stream()
          .map(Candidate::nodeId)
          .toList();
    }

    private SteeringDecision running(Candidate... fleet) {
      return ranker.rank(
          new Play("play-1", "title/v1", PLAY_BITS_PER_SECOND, MANIFEST), 3, NOW, List.of(fleet));
    }

    private Candidate well(String nodeId) {
      return judged(nodeId, NodeHealth.HEALTHY);
    }

    private Candidate judged(String nodeId, NodeHealth health) {
      return new Candidate(nodeId, "s1", 0, health, true, true, LATER, GIGABIT, 0, 0, 0);
    }
  }

  @Nested
  class GivenAnExternalCdn {
    private static final long FULL = GIGABIT * 96 / 100;

    private final Candidate external = external(0);
    private final Candidate roomy = holder("roomy", "s1", 9, 0);
    private final Candidate full = holder("full", "s2", 0, FULL);

    @Test
    void whenAnOwnNodeHasRoom_thenItIsNotNamedAtAll() {
      SteeringDecision decision = rank("play-1", 8, List.of(external, full, roomy));

      assertEquals(List.of("roomy", "full"), order(List.of(external, full, roomy), "play-1", 8));
      assertEquals(new Excluded(external, Exclusion.NOT_NEEDED), decision.assessments().getFirst());
    }

    @Test
    void whenEveryOwnNodeIsFull_thenItIsFirstAndTheyFollow() {
      Candidate other = holder("other", "s3", 1, FULL);
      for (int play = 0; play < 200; play++) {
        assertEquals(
            List.of("cdn", "full", "other"),
            order(List.of(external, full, other), "play-" + play, 3));
      }
    }

    @Test
    void whenThePlayWouldFitItsCapExactly_thenItIsNamedAndOneBitMoreIsOverIt() {
      Candidate fits = external(GIGABIT - PLAY_BITS_PER_SECOND);
      Candidate over = external(GIGABIT - PLAY_BITS_PER_SECOND + 1);

      assertEquals(List.of("cdn", "full"), order(List.of(fits, full), "play-1", 3));
      SteeringDecision decision = rank("play-1", 3, List.of(over, full));
      assertEquals(new Excluded(over, Exclusion.OVER_CAP), decision.assessments().getFirst());
      assertEquals(
          List.of(full), assertInstanceOf(Steered.class, decision).order(), "the full one again");
    }

    @Test
    void whenNoOwnNodeMayBeNamed_thenItIsAloneAndOverItsCapNobodyIs() {
      Candidate draining =
          new Candidate("n1", "s1", 0, NodeHealth.DRAINING, true, true, LATER, GIGABIT, 0, 0, 0);

      assertEquals(List.of("cdn"), order(List.of(draining, external), "play-1", 3));
      assertInstanceOf(Exhausted.class, rank("play-1", 3, List.of(draining, external(GIGABIT))));
    }

    @Test
    void whenNobodyHoldsThePackage_thenItIsNotSentThere() {
      SteeringDecision decision =
          rank("play-1", 3, List.of(Candidate.external("cdn", false, GIGABIT, 0)));

      assertInstanceOf(NotPlaced.class, decision);
      assertThat(decision.assessments())
          .extracting(one -> assertInstanceOf(Excluded.class, one).exclusion())
          .containsExactly(Exclusion.NOT_HOLDING);
    }

    @Test
    void whenOwnNodesAreOfOneSite_thenItTakesNoPlaceForASecondOne() {
      Candidate neighbour = holder("neighbour", "s1", 9, 0);
      Candidate elsewhere = holder("elsewhere", "s2", 9, FULL);

      assertThat(order(List.of(roomy, neighbour, external, elsewhere), "play-1", 2))
          .hasSize(2)
          .contains("elsewhere");
    }

    /** Its load and cap say nothing of what the fleet's nodes are to have. */
    @Test
    void whenItIsThere_thenTheSharesOfOwnNodesAreAsWithoutIt() {
      List<Candidate> fleet = List.of(roomy, full, holder("third", "s1", 0, GIGABIT / 2));
      List<Candidate> with = new ArrayList<>(fleet);
      with.add(external(GIGABIT / 2));

      List<Assessment> own = new ArrayList<>(rank("play-1", 3, with).assessments());
      own.removeIf(one -> one.candidate().isExternal());

      assertEquals(rank("play-1", 3, fleet).assessments(), own);
    }

    @Test
    void whenAPlayRunsThere_thenItStaysInItsPlaceWhateverItsCapAndTheOwnNodesRoom() {
      for (Candidate now : List.of(external, external(2 * GIGABIT))) {
        assertEquals(List.of("full", "cdn", "roomy"), running("full", "cdn", "roomy", now));
        assertEquals(List.of("cdn", "roomy", "full"), running("cdn", "roomy", "full", now));
      }
    }

    private List<String> running(String first, String second, String third, Candidate now) {
      Play play =
          new Play("play-1", "title/v1", PLAY_BITS_PER_SECOND, List.of(first, second, third));
      return assertInstanceOf(Steered.class, ranker.rank(play, 3, NOW, List.of(now, roomy, full)))
          .order()
          .stream()
          .map(Candidate::nodeId)
          .toList();
    }

    private Candidate external(long sentBitsPerSecond) {
      return Candidate.external("cdn", true, GIGABIT, sentBitsPerSecond);
    }
  }

  @Nested
  class GivenSitesAtSeveralDistances {
    private final Candidate near = holder("near", "s1", 0, 0);
    private final Candidate farther = holder("farther", "s2", 1, 0);
    private final Candidate farthest = holder("farthest", "s3", 2, 0);

    @Test
    void whenAllHaveRoom_thenTheNearestIsFirstForEveryPlay() {
      for (int play = 0; play < 1_000; play++) {
        assertEquals(
            List.of("near", "farther", "farthest"),
            order(List.of(farthest, near, farther), "play-" + play, 3));
      }
    }

    @Test
    void whenTheNearestIsFull_thenTheNextIsFirstAndTheFullOneIsLast() {
      Candidate full = holder("near", "s1", 0, GIGABIT * 96 / 100);

      assertEquals(
          List.of("farther", "farthest", "near"),
          order(List.of(full, farther, farthest), "play-1", 3));
    }

    @Test
    void whenAllAreFull_thenTheNearGoBeforeTheFarAndTheLeastFullOfATierIsFirst() {
      Candidate fuller = holder("near", "s1", 0, GIGABIT * 97 / 100);
      Candidate full = holder("next", "s4", 0, GIGABIT * 96 / 100);
      Candidate far = holder("farther", "s2", 1, GIGABIT * 95 / 100);

      for (int play = 0; play < 100; play++) {
        assertEquals(
            List.of("next", "near", "farther"),
            order(List.of(fuller, full, far), "play-" + play, 3));
      }
    }

    @Test
    void whenClientsComplainOfALoadedOne_thenItCountsAsMoreLoaded() {
      Candidate better = holder("better", "s1", 0, GIGABIT * 50 / 100);
      Candidate other = holder("other", "s2", 0, GIGABIT * 45 / 100);
      Candidate complainedOf =
          new Candidate(
              "other",
              "s2",
              0,
              NodeHealth.HEALTHY,
              true,
              true,
              LATER,
              GIGABIT,
              GIGABIT * 45 / 100,
              0,
              0.2);

      assertEquals(List.of("other", "better"), order(List.of(better, other), "play-1", 2));
      assertEquals(List.of("better", "other"), order(List.of(better, complainedOf), "play-1", 2));
    }

    @Test
    void whenTheNearestIsComfortable_thenItIsFirstHoweverIdleOthersAre() {
      Candidate comfortable = holder("near", "s1", 0, GIGABIT * 34 / 100);

      assertEquals(
          List.of("near", "farther", "farthest"),
          order(List.of(comfortable, farther, farthest), "play-1", 3));
    }

    /** A detour counts 4 % of a node, and 0.5 % each tier of it; loads are told apart by 0.5 %. */
    @Test
    void whenTheNearestIsBeyondComfort_thenOneThatIsLessLoadedByMoreThanTheDetourIsFirst() {
      Candidate half = holder("near", "s1", 0, perMille(500));

      assertEquals("farther", first(half, holder("farther", "s2", 1, perMille(452))));
      assertEquals("near", first(half, holder("farther", "s2", 1, perMille(454))));
      assertEquals("farthest", first(half, holder("farthest", "s3", 2, perMille(447))));
      assertEquals("near", first(half, holder("farthest", "s3", 2, perMille(449))));
    }

    @Test
    void whenNobodyOfTheNearestTierMayBeNamed_thenTheDetourIsCountedFromTheNearestWhoMay() {
      Candidate silent =
          new Candidate(
              "silent", "s1", 0, NodeHealth.UNHEALTHY, true, true, LATER, GIGABIT, 0, 0, 0);
      Candidate half = holder("near", "s2", 7, perMille(500));

      assertEquals("farther", first(half, holder("farther", "s3", 8, perMille(452)), silent));
      assertEquals("near", first(half, holder("farther", "s3", 8, perMille(454)), silent));
    }

    @Test
    void whenNodesOfATierAreBeyondComfort_thenTheLessLoadedIsFirstForEveryPackage() {
      List<Candidate> fleet =
          List.of(holder("a", "s1", 0, perMille(507)), holder("b", "s1", 0, perMille(500)));

      for (int title = 0; title < 100; title++) {
        assertEquals("b", firstOf(fleet, "title-" + title));
      }
    }

    private String first(Candidate... fleet) {
      return order(List.of(fleet), "play-1", 2).getFirst();
    }

    /** Between two levels, whatever the play adds to it. */
    private long perMille(long share) {
      return GIGABIT * share / 1_000 - PLAY_BITS_PER_SECOND / 2;
    }

    /** By nearness and hash one of them would get plays until it sends nobody enough. */
    @Test
    void whenAllAreSpent_thenTheLeastFullIsFirstHoweverFarItIs() {
      Candidate near = holder("near", "s1", 0, GIGABIT * 120 / 100);
      Candidate far = holder("farther", "s2", 1, GIGABIT * 110 / 100);
      Candidate farther = holder("farthest", "s3", 2, GIGABIT);
      Candidate full = holder("full", "s4", 3, GIGABIT * 96 / 100);

      assertEquals(
          List.of("full", "farthest", "farther", "near"),
          order(List.of(near, far, farther, full), "play-1", 4));
    }

    @Test
    void whenAllAreFull_thenAPlayTakesTheLeastShareOfWhatANodeCanSend() {
      Candidate small = sized("near", GIGABIT / 10, 96_000_000);
      Candidate large = sized("large", GIGABIT, 960_000_000);

      assertEquals(
          List.of("large", "near"), order(List.of(small, large), "play-1", 2), "97 % before 101 %");
    }

    private Candidate sized(String nodeId, long capacity, long egress) {
      return new Candidate(
          nodeId, "s1", 0, NodeHealth.HEALTHY, true, true, LATER, capacity, egress, 0, 0);
    }

    @Test
    void whenTheNearestIsFullOfReservations_thenTheNextIsFirst() {
      Candidate promised =
          new Candidate(
              "near", "s1", 0, NodeHealth.HEALTHY, true, true, LATER, GIGABIT, 0, GIGABIT, 0);

      assertEquals("farther", order(List.of(promised, farther), "play-1", 2).getFirst());
    }

    @Test
    void whenANearSiteCouldFillTheAnswer_thenTheLastNodeIsOfAnotherSite() {
      List<Candidate> fleet =
          List.of(
              holder("a", "s1", 0, 0), holder("b", "s1", 0, 0), holder("c", "s1", 0, 0), farther);

      List<String> order = order(fleet, "play-1", 3);

      assertThat(order.subList(0, 2)).isSubsetOf("a", "b", "c");
      assertThat(order.get(2)).isEqualTo("farther");
    }
  }

  /** Ids differ in their last characters. */
  @Test
  void givenEqualNodes_whenManyPackagesAreRanked_thenEachNodeIsFirstForItsShareOfThem() {
    Map<String, Double> shares =
        packageShares(List.of(idle("n1", "s1"), idle("n2", "s1"), idle("n3", "s2")), 10_000);

    shares.values().forEach(share -> assertThat(share).isBetween(0.31, 0.356));
    assertEquals(Set.of("n1", "n2", "n3"), shares.keySet());
  }

  /** Headroom of 0.75, 0.75 and 0.66 Gbit/s: all are comfortable. */
  @Test
  void givenALoadedNode_whenManyPackagesAreRanked_thenItIsFirstForFewer() {
    List<Candidate> fleet =
        List.of(
            holder("n1", "s1", 0, GIGABIT * 25 / 100),
            holder("n2", "s1", 0, GIGABIT * 25 / 100),
            holder("n3", "s2", 0, GIGABIT * 34 / 100));

    Map<String, Double> shares = packageShares(fleet, 10_000);

    assertThat(shares.get("n3")).isBetween(0.29, 0.32);
  }

  @Test
  void givenANodeThatClientsComplainOf_whenManyPackagesAreRanked_thenItIsFirstForFew() {
    List<Candidate> fleet =
        List.of(
            idle("n1", "s1"),
            new Candidate("n2", "s2", 0, NodeHealth.HEALTHY, true, true, LATER, GIGABIT, 0, 0, 1));

    assertThat(packageShares(fleet, 10_000).get("n2")).isBetween(0.07, 0.11);
  }

  /** A package's plays meet at one node for as long as its share allows. */
  @Test
  void givenAHotPackage_whenItsPlaysArrive_thenNoNodeGoesOverItsShare() {
    Map<String, Long> loads = new TreeMap<>(Map.of("n1", 0L, "n2", 0L, "n3", 0L, "n4", 0L));
    for (int play = 1; play <= 200; play++) {
      List<Candidate> fleet = new ArrayList<>();
      loads.forEach((id, load) -> fleet.add(holder(id, "s" + id, 0, load)));
      loads.merge(order(fleet, "play-" + play, 3).getFirst(), PLAY_BITS_PER_SECOND, Long::sum);
      long total = play * PLAY_BITS_PER_SECOND;
      assertThat(Collections.max(loads.values()))
          .isLessThanOrEqualTo(total * 125 / 400 + PLAY_BITS_PER_SECOND);
    }
    assertThat(Collections.max(loads.values())).isGreaterThan(Collections.min(loads.values()));
  }

  @Test
  void givenAHotPackage_whenItsNodesAreBeyondComfort_thenTheyFillAlike() {
    Map<String, Long> loads = new TreeMap<>(Map.of("n1", 0L, "n2", 0L, "n3", 0L, "n4", 0L));
    for (int play = 1; play <= 400; play++) {
      List<Candidate> fleet = new ArrayList<>();
      loads.forEach((id, load) -> fleet.add(holder(id, "s" + id, 0, load)));
      loads.merge(order(fleet, "play-" + play, 3).getFirst(), PLAY_BITS_PER_SECOND, Long::sum);
    }

    assertThat(Collections.max(loads.values()) - Collections.min(loads.values()))
        .isLessThanOrEqualTo(PLAY_BITS_PER_SECOND);
  }

  @Test
  void givenAPackagesFirstNodeDies_thenItsPlaysGoOnAtManyNodes() {
    List<Candidate> fleet = new ArrayList<>();
    for (int node = 0; node < 6; node++) {
      fleet.add(idle("n" + node, "s" + node % 3));
    }
    Map<String, Integer> seconds = new HashMap<>();
    for (int play = 0; play < 1_000; play++) {
      seconds.merge(order(fleet, "play-" + play, 3).get(1), 1, Integer::sum);
    }

    assertThat(seconds).hasSize(4);
    assertThat(seconds.values()).allMatch(times -> times > 180);
  }

  @Test
  void givenANodeIsLost_whenRankedAgain_thenOnlyItsOwnPackagesMove() {
    List<Candidate> fleet = List.of(idle("n1", "s1"), idle("n2", "s1"), idle("n3", "s2"));
    List<Candidate> without = List.of(fleet.get(0), fleet.get(2));

    for (int title = 0; title < 1_000; title++) {
      String before = firstOf(fleet, "title-" + title);
      if (!before.equals("n2")) {
        assertEquals(before, firstOf(without, "title-" + title), "title-" + title);
      }
    }
  }

  /** Else full nodes would be named before an external one that has room. */
  @Test
  void givenComfortUpToFull_whenAPolicyIsMade_thenRefusedByName() {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RankingPolicy(1.25, 0.95, 0.95, 0.005, 8, 0.05, 0.9, GIGABIT));

    assertEquals("comfortShare is 0.95 (expected: 0 to below 0.95)", refused.getMessage());
  }

  @Test
  void givenMoreNodesThanRoom_whenMaxNodesIsOutOfRange_thenRefusedByName() {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> rank("play-1", 9, List.of(idle("n1", "s1"))));

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

      SteeringDecision decision = rank(playbackId, maxNodes, fleet);

      List<Candidate> shuffled = new ArrayList<>(fleet);
      Collections.shuffle(shuffled, random);
      assertEquals(decision, rank(playbackId, maxNodes, shuffled), message);
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
    Map<Candidate, Qualified> of = new HashMap<>();
    qualified.forEach(one -> of.put(one.candidate(), one));
    Qualified first = Objects.requireNonNull(of.get(order.getFirst()));
    assertThat(qualified)
        .as(message)
        .noneMatch(one -> rank(one) < rank(first))
        .noneMatch(one ->
            first.isSpent() && one.isSpent() && one.loadShareAfter() < first.loadShareAfter());
    if (order.stream().anyMatch(Candidate::isExternal)) {
      assertThat(qualified)
          .as(message)
          .allMatch(one -> one.isFull() != one.candidate().isExternal());
      assertThat(order.getFirst().isExternal()).as(message).isTrue();
    }
    Set<String> sites = new HashSet<>();
    qualified.forEach(one -> sites.add(one.candidate().siteId()));
    Set<String> named = new HashSet<>();
    order.forEach(one -> named.add(one.siteId()));
    assertThat(named.size())
        .as(message)
        .isGreaterThanOrEqualTo(Math.min(Math.min(2, sites.size()), maxNodes));
    // All but the last, which may stand for another site, go by level and from near to far, the
    // spent ones last.
    for (int i = 1; i < order.size() - 1; i++) {
      Qualified before = Objects.requireNonNull(of.get(order.get(i - 1)));
      Qualified after = Objects.requireNonNull(of.get(order.get(i)));
      assertThat(rank(before)).as(message).isLessThanOrEqualTo(rank(after));
    }
  }

  private static long rank(Qualified one) {
    return one.isSpent() ? Long.MAX_VALUE : 100_000L * one.level() + one.candidate().tier();
  }

  private static List<Candidate> anyFleet(Random random) {
    List<Candidate> fleet = new ArrayList<>();
    int size = random.nextInt(12);
    for (int i = 0; i < size; i++) {
      int site = random.nextInt(4);
      NodeHealth health =
          random.nextInt(3) > 0 ? NodeHealth.HEALTHY : HEALTHS.get(random.nextInt(HEALTHS.size()));
      fleet.add(
          new Candidate(
              "n" + i,
              "s" + site,
              site % 3,
              health,
              random.nextInt(4) > 0,
              random.nextInt(10) > 0,
              random.nextInt(10) > 0 ? LATER : NOW.minusSeconds(1),
              random.nextInt(3) * GIGABIT,
              random.nextLong(2 * GIGABIT),
              random.nextInt(3) * PLAY_BITS_PER_SECOND,
              random.nextInt(3) / 2.0));
    }
    if (random.nextInt(3) == 0) {
      fleet.add(
          Candidate.external("cdn", random.nextInt(4) > 0, GIGABIT, random.nextLong(2 * GIGABIT)));
    }
    return fleet;
  }

  private Map<String, Double> packageShares(List<Candidate> fleet, int titles) {
    Map<String, Double> shares = new HashMap<>();
    for (int title = 0; title < titles; title++) {
      shares.merge(firstOf(fleet, "title-" + title), 1.0 / titles, Double::sum);
    }
    return shares;
  }

  private String firstOf(List<Candidate> fleet, String titleId) {
    Play play = new Play("play-1", titleId + "/v1", PLAY_BITS_PER_SECOND);
    return assertInstanceOf(Steered.class, ranker.rank(play, 1, NOW, fleet))
        .order()
        .getFirst()
        .nodeId();
  }

  private List<String> order(List<Candidate> fleet, String playbackId, int maxNodes) {
    return assertInstanceOf(Steered.class, rank(playbackId, maxNodes, fleet)).order().stream()
        .map(Candidate::nodeId)
        .toList();
  }

  private SteeringDecision rank(String playbackId, int maxNodes, List<Candidate> fleet) {
    return ranker.rank(
        new Play(playbackId, "title/v1", PLAY_BITS_PER_SECOND), maxNodes, NOW, fleet);
  }

  private static Candidate idle(String nodeId, String siteId) {
    return holder(nodeId, siteId, 0, 0);
  }

  private static Candidate holder(
      String nodeId, String siteId, int tier, long egressBitsPerSecond) {
    return new Candidate(
        nodeId,
        siteId,
        tier,
        NodeHealth.HEALTHY,
        true,
        true,
        LATER,
        GIGABIT,
        egressBitsPerSecond,
        0,
        0);
  }
}
