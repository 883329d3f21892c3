package io.tributary.controlplane.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.contracts.event.HeartbeatReceived;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DetectorTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final DetectorConfig CONFIG = DetectorConfig.DEFAULTS;

  @Nested
  class ANewNode {
    @Test
    void isProbedBeforeItIsNamed() {
      Fleet fleet = new Fleet();
      fleet.unreachable.add("a");

      fleet.beat("a");

      assertEquals(NodeHealth.UNREACHABLE, fleet.health("a"));
    }

    @Test
    void isHealthyWithTheAddressesThatAnswered() {
      Fleet fleet = new Fleet();

      fleet.beat("a");

      assertEquals(NodeHealth.HEALTHY, fleet.health("a"));
      assertEquals(List.of(endpoint("a", 80)), fleet.said("a").endpoints());
    }

    @Test
    void isTriedAgainWhileItCannotBeReached() {
      Fleet fleet = new Fleet();
      fleet.unreachable.add("a");
      fleet.run(5, "a");
      fleet.unreachable.clear();

      fleet.run(3, "a");

      assertEquals(NodeHealth.HEALTHY, fleet.health("a"));
    }
  }

  @Nested
  class ASilentNode {
    @Test
    void isUnhealthyAfterTwoAndAHalfIntervals() {
      Fleet fleet = new Fleet("a", "b", "c");
      fleet.run(10, "a", "b", "c");
      fleet.beat("a", "b", "c");
      Instant lastHeard = fleet.now;

      fleet.run(4, "b", "c");

      assertEquals(NodeHealth.UNHEALTHY, fleet.health("a"));
      Duration found = Duration.between(lastHeard, fleet.said("a").since());
      assertTrue(found.toMillis() >= 2_500 && found.toMillis() <= 2_600, "found after " + found);
    }

    @Test
    void isForgivenOneLostHeartbeat() {
      Fleet fleet = new Fleet("a", "b");
      fleet.run(10, "a", "b");

      fleet.run(1, "b");
      fleet.run(5, "a", "b");

      assertEquals(1, fleet.changes("a"));
    }

    @Test
    void isHealthyAgainAfterThreeHeartbeatsInARow() {
      Fleet fleet = new Fleet("a", "b");
      fleet.run(10, "a", "b");
      fleet.run(5, "b");
      assertEquals(NodeHealth.UNHEALTHY, fleet.health("a"));

      fleet.run(2, "a", "b");
      assertEquals(NodeHealth.UNHEALTHY, fleet.health("a"));
      fleet.run(1, "a", "b");
      assertEquals(NodeHealth.HEALTHY, fleet.health("a"));
    }
  }

  /** Silence alone cannot tell a pause from a death. */
  @Nested
  class ASilentNodeIsProbed {
    @Test
    void afterOneAndAHalfIntervalsAndAgainEachHalf() {
      Fleet fleet = heard("a", "b");
      fleet.outcomes.put("a", () -> ProbeOutcome.ANSWERED);
      Instant lastHeard = fleet.now;

      fleet.run(3, "b");

      assertEquals(
          List.of(1_500L, 2_000L, 2_500L, 3_000L),
          fleet.asked.stream()
              .map(probed -> Duration.between(lastHeard, probed.askedAt).toMillis())
              .toList());
      assertTrue(fleet.asked.stream().allMatch(probed -> probed.node.equals("a")));
    }

    @Test
    void andStaysNamedWhileItAnswersUntilItsFiguresAreTooOld() {
      Fleet fleet = heard("a", "b");
      fleet.outcomes.put("a", () -> ProbeOutcome.ANSWERED);
      Instant lastHeard = fleet.now;

      fleet.run(11, "b");

      assertGivenUp(fleet, lastHeard, 10_000, "known of it is too old");
    }

    @Test
    void andIsGivenUpAsSoonAsSilenceCountsWhenItRefusesConnections() {
      Fleet fleet = heard("a", "b");
      fleet.probeMillis = 500;
      Instant lastHeard = fleet.now;

      fleet.run(4, "b");

      assertGivenUp(fleet, lastHeard, 2_500, "silent for 2500 ms, and takes no connections");
    }

    @Test
    void andHasPatienceOfAPauseWhenItTakesConnectionsAndDoesNotAnswer() {
      Fleet fleet = heard("a", "b");
      fleet.probeMillis = 500;
      fleet.outcomes.put("a", () -> ProbeOutcome.ACCEPTED);
      Instant lastHeard = fleet.now;

      fleet.run(6, "b");

      assertGivenUp(fleet, lastHeard, 1_500 + 3_800, "and answers no probe for 3800 ms");
    }

    /** So that more than three seconds go by without an answer. */
    @Test
    void andHasPatienceOfAPauseThatTheProbeBeforeItWasLostOf() {
      Fleet fleet = heard("a", "b");
      fleet.probeMillis = 500;
      fleet.outcomes.put("a", () -> ProbeOutcome.ACCEPTED);

      // The first probe is lost, the pause begins before the second, and it reports when it goes
      // on.
      fleet.run(5, "b");
      fleet.pass(1_500 + 600 + 3_000 - 5_000);
      fleet.run(3, "a", "b");

      assertEquals(1, fleet.changes("a"));
    }

    /** Probing itself may be down. */
    @Test
    void andIsGivenUpAsSoonAsSilenceCountsWhenNoProbeEnds() {
      Fleet fleet = heard("a", "b");
      fleet.endsProbes = false;
      Instant lastHeard = fleet.now;

      fleet.run(4, "b");

      assertGivenUp(fleet, lastHeard, 2_500, "silent for 2500 ms, and no probe tells more");
      assertEquals(1, fleet.asked.size(), "one at a time");
    }

    @Test
    void andIsGivenUpAsSoonAsSilenceCountsWhenNoProbeCanBeTried() {
      Fleet fleet = heard("a", "b");
      fleet.mostTried = 0;
      Instant lastHeard = fleet.now;

      fleet.run(4, "b");

      assertGivenUp(fleet, lastHeard, 2_500, "no probe tells more");
    }

    /** Nobody is saved for long by what was true once. */
    @Test
    void andIsGivenUpWhenProbingEndsAfterAnAnswer() {
      Fleet fleet = heard("a", "b");
      fleet.outcomes.put("a", () -> ProbeOutcome.ANSWERED);
      fleet.run(2, "b");
      Instant lastAnswered = fleet.now;
      fleet.endsProbes = false;

      fleet.run(4, "b");

      assertGivenUp(fleet, lastAnswered, 2_500, "no probe tells more");
    }

    @Test
    void whileTheOneProbeThatNobodyAnsweredMayHaveBeenLost() {
      Fleet fleet = heard("a", "b");
      Queue<ProbeOutcome> outcomes =
          new ArrayDeque<>(List.of(ProbeOutcome.REFUSED, ProbeOutcome.ANSWERED));
      fleet.outcomes.put(
          "a",
          () -> {
            outcomes.add(outcomes.element());
            return outcomes.remove();
          });

      fleet.run(9, "b");

      assertEquals(1, fleet.changes("a"));
    }

    @Test
    void andWhatItAnsweredIsForgottenOnceItIsHeard() {
      Fleet fleet = heard("a", "b");
      for (int round = 0; round < 20; round++) {
        // Refused once, or twice, before silence counts.
        fleet.pass(round % 2 == 0 ? 1_900 : 2_400);
        fleet.beat("a", "b");
      }

      assertEquals(1, fleet.changes("a"));
      assertEquals(List.of(endpoint("a", 80)), fleet.said("a").endpoints());
    }

    @Test
    void unlessTheFeedOfFactsIsAway() {
      Fleet fleet = heard("a", "b");
      fleet.isFeedAlive = false;

      fleet.run(60);

      assertEquals(List.of(), fleet.asked);
    }

    @Test
    void unlessNobodyAtAllIsHeard() {
      Fleet fleet = heard("a", "b");
      fleet.run(3);
      fleet.asked.clear();

      fleet.run(60);

      assertEquals(List.of(), fleet.asked);
    }

    @Test
    void unlessItIsNotNamed() {
      Fleet fleet = heard("a", "b");
      fleet.run(5, "b");
      assertEquals(NodeHealth.UNHEALTHY, fleet.health("a"));
      fleet.asked.clear();

      fleet.run(60, "b");

      assertEquals(List.of(), fleet.asked);
    }

    @Test
    void andThoseWhoAnswerAreNotAmongTheMassThatIsWithheld() {
      String[] all = {"a", "b", "c", "d", "e", "f", "g", "h"};
      Fleet fleet = heard(all);
      for (String node : all) {
        fleet.outcomes.put(node, () -> ProbeOutcome.ANSWERED);
      }

      fleet.run(9, "h");

      assertEquals(8, fleet.count(NodeHealth.HEALTHY));
      assertEquals(0, fleet.withheld);
    }

    @Test
    void inTurnsWhenNotAllCanBeTriedAtOnce() {
      String[] all = {"a", "b", "c", "d", "e", "f", "g", "h"};
      Fleet fleet = heard(all);
      for (String node : all) {
        fleet.outcomes.put(node, () -> ProbeOutcome.ANSWERED);
      }
      fleet.mostTried = 2;

      fleet.run(1, "h");
      fleet.beat("h");
      fleet.pass(900);

      assertEquals(
          Set.of("a", "b", "c", "d", "e", "f", "g"),
          Set.copyOf(
              fleet.asked.stream()
                  .filter(probed -> !probed.outcomes.isEmpty())
                  .map(Fleet.Probed::node)
                  .toList()));
    }

    @Test
    void asRarelyAsItReports() {
      Fleet fleet = new Fleet(Duration.ofSeconds(10), "a", "b");
      fleet.probeMillis = 500;
      fleet.pass(9_900);
      fleet.beat("a", "b");
      fleet.asked.clear();
      Instant lastHeard = fleet.now;

      for (int round = 0; round < 4; round++) {
        fleet.beat("b");
        fleet.pass(10_000);
      }

      assertGivenUp(fleet, lastHeard, 25_000, "takes no connections");
      assertEquals(
          List.of(15_000L, 20_000L),
          fleet.asked.stream()
              .map(probed -> Duration.between(lastHeard, probed.askedAt).toMillis())
              .toList());
    }

    /**
     * Whatever probes find, as long as never two of them in a row are refused and no three seconds
     * pass without an answer, a node is named for ten silent intervals.
     */
    @Test
    void andLivesThroughAnyPausesAndLosses() {
      for (long seed = 0; seed < 200; seed++) {
        Random chance = new Random(seed);
        Fleet fleet = heard("a", "b");
        fleet.probeMillis = 500;
        AtomicReference<ProbeOutcome> last = new AtomicReference<>(ProbeOutcome.ANSWERED);
        AtomicReference<Instant> answeredAt = new AtomicReference<>(fleet.now.plusMillis(1_500));
        fleet.outcomes.put(
            "a",
            () -> {
              boolean isOver = answeredAt.get().plusMillis(3_100).isBefore(fleet.now);
              ProbeOutcome outcome =
                  isOver
                      ? ProbeOutcome.ANSWERED
                      : List.of(ProbeOutcome.values()).get(chance.nextInt(3));
              if (outcome == ProbeOutcome.REFUSED && last.get() == ProbeOutcome.REFUSED) {
                outcome = ProbeOutcome.ACCEPTED;
              }
              last.set(outcome);
              if (outcome == ProbeOutcome.ANSWERED) {
                answeredAt.set(fleet.now);
              }
              return outcome;
            });

        fleet.run(9, "b");

        assertEquals(1, fleet.changes("a"), "changes, seed " + seed);
      }
    }

    /** Whatever they found before. */
    @Test
    void andIsOutSoonAfterItDiedOrFroze() {
      for (long seed = 0; seed < 200; seed++) {
        Random chance = new Random(seed);
        Fleet fleet = heard("a", "b");
        fleet.probeMillis = 500;
        fleet.outcomes.put("a", () -> ProbeOutcome.ANSWERED);
        int millis = 100 * chance.nextInt(50);
        for (int passed = 0; passed < millis; passed += 100) {
          if (passed % 1_000 == 0) {
            fleet.beat("b");
          }
          fleet.pass(100);
        }
        Instant end = fleet.now;
        boolean isDead = chance.nextBoolean();
        fleet.outcomes.put("a", () -> isDead ? ProbeOutcome.REFUSED : ProbeOutcome.ACCEPTED);

        fleet.run(6, "b");

        long found = Duration.between(end, fleet.said("a").since()).toMillis();
        assertEquals(NodeHealth.UNHEALTHY, fleet.health("a"), "seed " + seed);
        assertTrue(
            isDead ? found <= 2_600 : found >= 3_800 && found <= 5_500,
            "found after " + found + " ms, seed " + seed);
      }
    }

    private Fleet heard(String... nodes) {
      Fleet fleet = new Fleet(nodes);
      fleet.run(10, nodes);
      fleet.beat(nodes);
      fleet.asked.clear();
      return fleet;
    }

    private void assertGivenUp(Fleet fleet, Instant from, int afterMillis, String reason) {
      assertEquals(NodeHealth.UNHEALTHY, fleet.health("a"));
      NodeVerdict verdict = fleet.said("a");
      long found = Duration.between(from, verdict.since()).toMillis();
      assertTrue(
          found >= afterMillis && found <= afterMillis + 100, "found after " + found + " ms");
      assertTrue(verdict.reason().contains(reason), verdict.reason());
    }
  }

  /** Its keys may be others than the ones that media tokens are signed with. */
  @Nested
  class ANodeThatDidNotConfirmItsConfiguration {
    @Test
    void isNotNamedBeforeItConfirmedAny() {
      Fleet fleet = new Fleet();
      fleet.configVersions.put("a", 0L);
      fleet.run(2, "a");
      assertEquals(NodeHealth.DRAINING, fleet.health("a"));

      fleet.configVersions.put("a", 1L);
      fleet.run(1, "a");
      assertEquals(NodeHealth.HEALTHY, fleet.health("a"));
    }

    @Test
    void getsNoNewPlaysAfterTheStatedPatienceAndGetsThemAgainOnceItConfirmed() {
      Fleet fleet = new Fleet("a", "b");
      fleet.configVersions.put("b", 2L);
      fleet.directives = Directives.NONE.under(OptionalLong.of(2));

      fleet.run(119, "a", "b");
      assertEquals(NodeHealth.HEALTHY, fleet.health("a"));
      fleet.run(3, "a", "b");
      assertEquals(NodeHealth.DRAINING, fleet.health("a"));
      assertEquals(NodeHealth.HEALTHY, fleet.health("b"));
      assertEquals("runs under configuration 1, not the one it was told", fleet.said("a").reason());

      fleet.configVersions.put("a", 2L);
      fleet.run(1, "a", "b");
      assertEquals(NodeHealth.HEALTHY, fleet.health("a"));
    }

    @Test
    void isForgivenWhileNothingMayBeDemanded() {
      Fleet fleet = new Fleet("a", "b");
      fleet.configVersions.put("b", 2L);

      fleet.run(600, "a", "b");

      assertEquals(NodeHealth.HEALTHY, fleet.health("a"));
    }
  }

  @Nested
  class WhenTheFeedOfFactsStops {
    @Test
    void thenNobodyIsGivenUp() {
      Fleet fleet = new Fleet("a", "b", "c");
      fleet.run(10, "a", "b", "c");

      fleet.isFeedAlive = false;
      fleet.run(600);

      for (String node : List.of("a", "b", "c")) {
        assertEquals(NodeHealth.HEALTHY, fleet.health(node));
      }
    }

    @Test
    void thenEverybodyHasGraceOnceItIsBack() {
      Fleet fleet = new Fleet("a", "b");
      fleet.run(10, "a", "b");
      fleet.isFeedAlive = false;
      fleet.run(60);

      fleet.isFeedAlive = true;
      fleet.run(5, "b");
      assertEquals(NodeHealth.HEALTHY, fleet.health("a"));
      fleet.run(4, "b");
      assertEquals(NodeHealth.UNHEALTHY, fleet.health("a"));
    }
  }

  @Nested
  class WhenManyFallSilentAtOnce {
    @Test
    void thenAtMostHalfAreGivenUpInAWindowAndItIsSaid() {
      String[] all = {"a", "b", "c", "d", "e", "f", "g", "h"};
      Fleet fleet = new Fleet(all);
      fleet.run(10, all);

      fleet.run(20, "h");

      assertEquals(4, fleet.count(NodeHealth.UNHEALTHY));
      assertEquals(1, fleet.withheld);
      assertTrue(fleet.detector.isWithholding());
    }

    @Test
    void thenTheRestFollowsInLaterWindows() {
      Fleet fleet = new Fleet("a", "b", "c", "d");
      fleet.run(10, "a", "b", "c", "d");

      fleet.run(120, "d");

      assertEquals(3, fleet.count(NodeHealth.UNHEALTHY));
    }

    @Test
    void thenASiteWithTwoOfThreeNodesMayStillBeGivenUp() {
      Fleet fleet = new Fleet("a", "b", "c");
      fleet.run(10, "a", "b", "c");

      fleet.run(5, "c");

      assertEquals(2, fleet.count(NodeHealth.UNHEALTHY));
      assertFalse(fleet.detector.isWithholding());
    }
  }

  @Nested
  class WhenEverybodyFallsSilent {
    @Test
    void thenNobodyIsGivenUpAndItIsSaidOnce() {
      Fleet fleet = new Fleet("a", "b", "c");
      fleet.run(10, "a", "b", "c");

      fleet.run(600);

      assertEquals(3, fleet.count(NodeHealth.HEALTHY));
      assertEquals(1, fleet.withheld);
      assertTrue(fleet.detector.isWithholding());
    }

    @Test
    void thenTheFirstOneToo() {
      Fleet fleet = new Fleet("a", "b");
      fleet.run(10, "a", "b");

      fleet.beat("a");
      fleet.pass(900);
      fleet.beat("b");
      fleet.run(60);

      assertEquals(2, fleet.count(NodeHealth.HEALTHY));
    }

    @Test
    void thenTheRestHasGraceOnceTheFirstIsHeardAgain() {
      Fleet fleet = new Fleet("a", "b", "c");
      fleet.run(10, "a", "b", "c");
      fleet.run(60);

      fleet.run(5, "a");
      assertEquals(3, fleet.count(NodeHealth.HEALTHY));
      assertFalse(fleet.detector.isWithholding());
      fleet.run(4, "a");
      assertEquals(2, fleet.count(NodeHealth.UNHEALTHY));
    }

    @Test
    void thenOneOfTwoIsStillGivenUpAsFastAsEver() {
      Fleet fleet = new Fleet("a", "b");
      fleet.run(10, "a", "b");

      fleet.run(3, "b");

      assertEquals(NodeHealth.UNHEALTHY, fleet.health("a"));
    }

    @Test
    void thenTheOnlyNodeIsGivenUpAsFastAsEver() {
      Fleet fleet = new Fleet("a");
      fleet.run(10, "a");

      fleet.run(3);

      assertEquals(NodeHealth.UNHEALTHY, fleet.health("a"));
    }
  }

  @Nested
  class WhenAnotherReplicaTakesOver {
    @Test
    void thenItGoesOnFromTheLastVerdictsWithGrace() {
      Fleet before = new Fleet("a", "b");
      before.run(10, "a", "b");
      Fleet after = new Fleet();
      after.now = before.now.plusSeconds(3_600);
      after.incarnation = before.incarnation;
      after.sequences.putAll(before.sequences);
      after.detector.adopt(before.detector.verdicts(), after.now);

      after.run(5, "a");
      assertTrue(after.said.stream().noneMatch(say -> say.isNews()), after.said.toString());
      after.run(4, "a");
      assertEquals(NodeHealth.UNHEALTHY, after.health("b"));
    }

    @Test
    void thenFactsOlderThanTheVerdictChangeNothing() {
      Fleet before = new Fleet("a");
      before.run(10, "a");
      Fleet after = new Fleet();
      after.detector.adopt(before.detector.verdicts(), after.now);
      after.incarnation = before.incarnation - 1;

      after.beat("a");

      assertEquals(List.of(), after.said);
    }
  }

  @Nested
  class WhenANodeOrAnOperatorWantsLess {
    @Test
    void thenADrainingNodeIsSaidToDrain() {
      Fleet fleet = new Fleet("a");
      fleet.run(3, "a");

      fleet.condition = "draining";
      fleet.beat("a");

      assertEquals(NodeHealth.DRAINING, fleet.health("a"));
    }

    @Test
    void thenARevokedNodeIsSaidToBeAtOnceAndForGood() {
      Fleet fleet = new Fleet("a");
      fleet.run(3, "a");

      fleet.directives = new Directives(Set.of("a"), Set.of());
      fleet.run(1);
      assertEquals(NodeHealth.REVOKED, fleet.health("a"));
      fleet.run(20, "a");
      assertEquals(NodeHealth.REVOKED, fleet.health("a"));
    }
  }

  @Test
  void givenVerdicts_thenWhatOperatorsDecidedIsKnownFromThem() {
    Fleet fleet = new Fleet("a", "b", "c", "d");
    fleet.condition = "draining";
    fleet.beat("c");
    fleet.condition = "ok";
    fleet.directives = new Directives(Set.of("a"), Set.of("b"));
    fleet.run(1, "a", "b");

    assertEquals(fleet.directives, Directives.in(fleet.detector.verdicts()));
  }

  @Test
  void givenAChangedAddress_thenTheOldOneIsNamedUntilTheNewOneIsProven() {
    Fleet fleet = new Fleet("a");
    fleet.run(3, "a");
    fleet.port = 81;
    fleet.endsProbes = false;

    fleet.beat("a");
    fleet.run(3, "a");

    assertEquals(List.of(endpoint("a", 80)), fleet.said("a").endpoints());
    assertEquals(NodeHealth.HEALTHY, fleet.health("a"));
  }

  @Test
  void givenAHeardNode_thenItsFiguresAreSaidAgainAtMostEveryTwoSeconds() {
    Fleet fleet = new Fleet("a");
    fleet.said.clear();

    fleet.run(20, "a");

    assertTrue(fleet.said.size() >= 6 && fleet.said.size() <= 11, "said " + fleet.said.size());
  }

  /** Whatever is lost, as long as never two heartbeats of a node in a row, nobody flaps. */
  @Test
  void givenSingleLosses_thenNoHealthyNodeEverChanges() {
    for (long seed = 0; seed < 50; seed++) {
      Random chance = new Random(seed);
      String[] all = {"a", "b", "c", "d"};
      Fleet fleet = new Fleet(all);
      Map<String, Boolean> lostLast = new HashMap<>();
      for (int second = 0; second < 120; second++) {
        List<String> heard = new ArrayList<>();
        for (String node : all) {
          boolean isLost = !lostLast.getOrDefault(node, false) && chance.nextInt(4) == 0;
          lostLast.put(node, isLost);
          if (!isLost) {
            heard.add(node);
          }
        }
        fleet.isFeedAlive = chance.nextInt(10) > 0;
        fleet.run(1, heard.toArray(String[]::new));
      }
      for (String node : all) {
        assertEquals(1, fleet.changes(node), "node " + node + " changed, seed " + seed);
      }
    }
  }

  private static NodeEndpoint endpoint(String node, int port) {
    return new NodeEndpoint("http", node, port);
  }

  /**
   * Nodes, probes and a clock around a detector. Unless told otherwise a node answers probes while
   * it was heard within an interval, and refuses them else.
   */
  private static final class Fleet {
    final Detector detector;
    final Duration interval;
    final List<Decision.Say> said = new ArrayList<>();
    final Map<String, Long> sequences = new HashMap<>();
    final Map<String, Long> configVersions = new HashMap<>();
    final Set<String> unreachable = new HashSet<>();
    final Map<String, Supplier<ProbeOutcome>> outcomes = new HashMap<>();
    final Map<String, Instant> heardAt = new HashMap<>();
    final List<Probed> asked = new ArrayList<>();
    final Queue<Probed> out = new ArrayDeque<>();
    Instant now = START;
    Directives directives = Directives.NONE;
    String condition = "ok";
    boolean isFeedAlive = true;
    boolean endsProbes = true;

    /** How long a probe takes that nobody answers. */
    int probeMillis;

    /** How many probes can be tried between two ticks. */
    int mostTried = Integer.MAX_VALUE;

    int tried;
    int port = 80;
    long incarnation = 1;
    int withheld;

    Fleet(String... healthy) {
      this(INTERVAL, healthy);
    }

    Fleet(Duration interval, String... healthy) {
      this.interval = interval;
      this.detector = new Detector(CONFIG, interval);
      act(detector.tick(now, true, directives));
      beat(healthy);
    }

    /** Lets seconds pass, at the start of each of which these nodes are heard. */
    void run(int seconds, String... heard) {
      for (int second = 0; second < seconds; second++) {
        beat(heard);
        pass(1_000);
      }
    }

    void pass(int millis) {
      for (int tick = 0; tick < millis / 100; tick++) {
        now = now.plusMillis(100);
        while (!out.isEmpty() && !out.peek().endsAt.isAfter(now)) {
          end(out.remove());
        }
        tried = 0;
        act(detector.tick(now, isFeedAlive, directives));
      }
    }

    void beat(String... nodes) {
      for (String node : nodes) {
        long sequence = sequences.merge(node, 1L, Long::sum);
        heardAt.put(node, now);
        act(
            detector.observe(
                new HeartbeatReceived(
                    node,
                    "site",
                    incarnation,
                    sequence,
                    now,
                    0,
                    List.of(endpoint(node, port)),
                    condition,
                    null,
                    new NodeCapacity(1, 1, 1),
                    new NodeLoad(0, 0, 0, 0),
                    configVersions.getOrDefault(node, 1L),
                    1,
                    1,
                    START),
                now));
      }
    }

    NodeHealth health(String node) {
      return said(node).health();
    }

    NodeVerdict said(String node) {
      return said.stream()
          .map(Decision.Say::verdict)
          .filter(verdict -> verdict.nodeId().equals(node))
          .reduce((first, second) -> second)
          .orElseThrow();
    }

    long changes(String node) {
      return said.stream()
          .filter(say -> say.isNews() && say.verdict().nodeId().equals(node))
          .count();
    }

    long count(NodeHealth health) {
      return detector.verdicts().stream().filter(each -> each.health() == health).count();
    }

    private void act(List<Decision> decisions) {
      for (Decision decision : decisions) {
        switch (decision) {
          case Decision.Say say -> said.add(say);
          case Decision.Withheld _ -> withheld++;
          case Decision.Probe(String node, List<NodeEndpoint> endpoints) -> {
            ProbeOutcome outcome =
                unreachable.contains(node) || !outcomes.containsKey(node)
                    ? usualOutcome(node)
                    : outcomes.get(node).get();
            boolean isTried = tried++ < mostTried;
            Probed probed =
                new Probed(
                    node,
                    endpoints,
                    isTried ? List.of(outcome) : List.of(),
                    now,
                    now.plusMillis(outcome == ProbeOutcome.ANSWERED || !isTried ? 0 : probeMillis));
            asked.add(probed);
            if (endsProbes && probed.endsAt.equals(now)) {
              end(probed);
            } else if (endsProbes) {
              out.add(probed);
            }
          }
        }
      }
    }

    private ProbeOutcome usualOutcome(String node) {
      boolean isHeard = heardAt.getOrDefault(node, Instant.MIN).plus(interval).isAfter(now);
      return isHeard && !unreachable.contains(node) ? ProbeOutcome.ANSWERED : ProbeOutcome.REFUSED;
    }

    private void end(Probed probed) {
      act(detector.probed(probed.node, probed.endpoints, probed.outcomes, now));
    }

    private record Probed(
        String node,
        List<NodeEndpoint> endpoints,
        List<ProbeOutcome> outcomes,
        Instant askedAt,
        Instant endsAt) {}
  }
}
