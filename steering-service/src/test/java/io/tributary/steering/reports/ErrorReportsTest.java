package io.tributary.steering.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.IpPrefix;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ErrorReportsTest {
  private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");

  private final ErrorReports reports = new ErrorReports();
  private Instant now = START;

  @Nested
  class GivenFewNetworks {
    @Test
    void whenOneHasTenThousandPlaysWithErrors_thenNothingMoves() {
      for (int play = 0; play < 10_000; play++) {
        complain("play-" + play, network(1), "n1");
      }

      assertEquals(0, penalty("n1"));
      assertEquals(0, reports.penalised(now));
    }

    @Test
    void whenTwoComplain_thenNothingMoves() {
      complain("a", network(1), "n1");
      complain("b", network(2), "n1");

      assertEquals(0, penalty("n1"));
    }

    @Test
    void whenThreeComplain_thenABoundedBitMoves() {
      for (int i = 1; i <= 3; i++) {
        complain("play-" + i, network(i), "n1");
      }

      assertEquals(1.0 / 13, penalty("n1"));
      assertEquals(0, penalty("n2"));
      assertEquals(1, reports.penalised(now));
    }

    @Test
    void whenOnePlayReportsFromMany_thenItSpeaksForTheFirstAlone() {
      for (int i = 1; i <= 100; i++) {
        complain("passed-on", network(i), "n1");
      }
      later(Duration.ofSeconds(31));
      for (int i = 101; i <= 200; i++) {
        complain("passed-on", network(i), "n1");
      }
      complain("b", network(201), "n1");

      assertEquals(0, penalty("n1"));
    }

    @Test
    void whenReportsAreRepeated_thenTheyCountOnce() {
      for (int times = 0; times < 1_000; times++) {
        for (int i = 1; i <= 4; i++) {
          complain("play-" + i, network(i), "n1");
        }
      }

      assertEquals(2.0 / 14, penalty("n1"));
    }
  }

  @Nested
  class GivenManyNetworks {
    @Test
    void whenAllComplain_thenThePenaltyGrowsAndStaysBelowOne() {
      double before = 0;
      for (int i = 1; i <= 400; i++) {
        complain("play-" + i, network(i), "n1");
        double penalty = penalty("n1");
        assertThat(penalty).isGreaterThanOrEqualTo(before).isLessThan(1);
        before = penalty;
      }
      assertEquals(398.0 / 410, before);
    }

    /** What k networks can do at most is less, the more others are content. */
    @Test
    void whenTheOthersAreContent_thenLiarsWeighByTheirShare() {
      for (int i = 1; i <= 20; i++) {
        complain("liar-" + i, network(i), "n1");
      }
      assertEquals(18.0 / 30, penalty("n1"));
      for (int i = 101; i <= 280; i++) {
        praise("viewer-" + i, network(i), "n1");
      }
      assertEquals(18.0 / 210, penalty("n1"));
    }

    @Test
    void whenANetworkIsContentAndThenNot_thenItIsOneVoiceThatComplains() {
      for (int i = 1; i <= 5; i++) {
        praise("play-" + i, network(i), "n1");
        complain("play-" + i, network(i), "n1");
        praise("play-" + i, network(i), "n1");
      }

      assertEquals(3.0 / 15, penalty("n1"));
    }

    @Test
    void whenAPlayNamesSeveralNodes_thenOnlyThoseThatItHadErrorsWithAreBlamed() {
      for (int i = 1; i <= 5; i++) {
        reports.add(
            new Report("play-" + i, network(i), now, Set.of("n1", "n2"), Set.of("n1")), now);
      }

      assertEquals(3.0 / 15, penalty("n1"));
      assertEquals(0, penalty("n2"));
    }
  }

  @Nested
  class GivenTimePasses {
    @Test
    void whenNobodyComplainsAnyMore_thenItIsForgottenWithinAWindow() {
      complainAtN1(10);
      later(Duration.ofSeconds(29));
      assertEquals(8.0 / 20, penalty("n1"));
      later(Duration.ofSeconds(2));
      assertEquals(8.0 / 20, penalty("n1"));
      later(Duration.ofSeconds(30));
      assertEquals(0, penalty("n1"));
    }

    @Test
    void whenSomeGoOn_thenThePenaltyFallsWithThoseWhoStop() {
      complainAtN1(10);
      later(Duration.ofSeconds(31));
      complainAtN1(4);
      assertEquals(8.0 / 20, penalty("n1"));
      later(Duration.ofSeconds(31));
      assertEquals(2.0 / 14, penalty("n1"));
    }

    @Test
    void whenTheFeedStops_thenItsLastFiguresAreNoFigures() {
      complainAtN1(10);
      reports.settle(now);

      assertEquals(8.0 / 20, reports.penalty("n1", now.plusSeconds(60)));
      assertEquals(0, reports.penalty("n1", now.plusSeconds(61)));
      assertEquals(0, reports.penalised(now.plusSeconds(61)));
    }

    @Test
    void whenTheClockIsSetBack_thenWhatWasSaidIsForgottenToo() {
      complainAtN1(10);
      later(Duration.ofHours(-1));

      assertEquals(0, penalty("n1"));
    }

    @Test
    void whenAReportWasLongOnItsWay_thenItSaysNothing() {
      Instant sent = now;
      later(Duration.ofSeconds(61));
      for (int i = 1; i <= 10; i++) {
        reports.add(new Report("play-" + i, network(i), sent, Set.of("n1"), Set.of("n1")), now);
      }

      assertEquals(0, penalty("n1"));
    }
  }

  /** Whoever floods: memory is bounded, penalties stay in their range, and few do nothing. */
  @Test
  void givenAnyFlood_whenCounted_thenItIsBounded() {
    for (long seed = 1; seed <= 3; seed++) {
      ErrorReports flooded = new ErrorReports();
      Random random = new Random(seed);
      Instant at = START;
      for (int i = 0; i < 300_000; i++) {
        at = at.plusMillis(random.nextInt(2) == 0 ? 0 : 1);
        Set<String> node = Set.of("n" + random.nextInt(20_000));
        flooded.add(
            new Report("play-" + random.nextLong(), network(random.nextInt()), at, node, node), at);
        if (i % 50_000 == 0) {
          flooded.settle(at);
        }
      }
      flooded.settle(at);
      assertThat(flooded.remembered())
          .as("seed " + seed)
          .isLessThanOrEqualTo(2 * (ErrorReports.MAX_PLAYS + ErrorReports.MAX_VOICES));
      for (int node = 0; node < 20_000; node++) {
        assertThat(flooded.penalty("n" + node, at)).as("seed " + seed).isBetween(0.0, 1.0);
      }
    }
  }

  /** One network must not take the places of all others. */
  @Test
  void givenAFloodOfOneNetwork_whenOthersComplain_thenTheyAreHeard() {
    for (int play = 0; play < 10 * ErrorReports.MAX_PLAYS; play++) {
      complain("flood-" + play, network(0), "any-" + play);
    }
    complainAtN1(10);

    assertEquals(8.0 / 20, penalty("n1"));
    assertThat(reports.remembered()).isLessThan(100);
  }

  private void complainAtN1(int networks) {
    for (int i = 1; i <= networks; i++) {
      complain("play-" + i, network(i), "n1");
    }
  }

  private void complain(String playbackId, ClientNetwork network, String nodeId) {
    reports.add(new Report(playbackId, network, now, Set.of(nodeId), Set.of(nodeId)), now);
  }

  private void praise(String playbackId, ClientNetwork network, String nodeId) {
    reports.add(new Report(playbackId, network, now, Set.of(nodeId), Set.of()), now);
  }

  private double penalty(String nodeId) {
    reports.settle(now);
    return reports.penalty(nodeId, now);
  }

  private void later(Duration by) {
    now = now.plus(by);
  }

  private static ClientNetwork network(int number) {
    return new ClientNetwork(
        IpPrefix.parse(
            "%d.%d.%d.0/24".formatted((number >> 16) & 0xFF, (number >> 8) & 0xFF, number & 0xFF)));
  }
}
