package io.tributary.steering.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReservationsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.900Z");

  private final Reservations reservations = new Reservations();

  @Test
  void whatWasPromisedCountsUntilTheSecondFigureAfterIt() {
    reservations.add(5, NOW);
    reservations.figureCame();
    reservations.add(7, NOW.plusSeconds(1));

    assertThat(reservations.sum(NOW.plusSeconds(1))).isEqualTo(12);
    reservations.figureCame();
    assertThat(reservations.sum(NOW.plusSeconds(2))).isEqualTo(7);
    reservations.figureCame();
    assertThat(reservations.sum(NOW.plusSeconds(3))).isZero();
  }

  /** Nodes may be told to report every ten seconds. */
  @Test
  void whatWasPromisedIsNotForgottenBetweenRareFigures() {
    reservations.add(5, NOW);

    assertThat(reservations.sum(NOW.plusSeconds(10))).isEqualTo(5);
    reservations.figureCame();
    assertThat(reservations.sum(NOW.plusSeconds(20))).isEqualTo(5);
  }

  @Test
  void figuresThatDoNotComeAreNotWaitedForForever() {
    reservations.add(5, NOW);
    reservations.add(7, NOW.plus(Reservations.LONGEST_WAIT).plusSeconds(1));

    Instant twice = NOW.plus(Reservations.LONGEST_WAIT.multipliedBy(2));
    assertThat(reservations.sum(twice)).isEqualTo(12);
    assertThat(reservations.sum(twice.plusSeconds(1))).isEqualTo(7);
    assertThat(reservations.sum(twice.plus(Reservations.LONGEST_WAIT).plusSeconds(2))).isZero();
  }

  @Test
  void aClockThatJumpsBackForgetsThem() {
    reservations.add(5, NOW);

    assertThat(reservations.sum(NOW.minus(Duration.ofHours(1)))).isZero();
    reservations.add(3, NOW.minus(Duration.ofHours(1)));
    assertThat(reservations.sum(NOW.minus(Duration.ofHours(1)))).isEqualTo(3);
  }
}
