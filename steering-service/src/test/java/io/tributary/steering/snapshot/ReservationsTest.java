package io.tributary.steering.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReservationsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.900Z");

  private final Reservations reservations = new Reservations();

  @Test
  void whatWasPromisedCountsUntilFiguresShowIt() {
    reservations.add(5, NOW);
    reservations.add(7, NOW.plusSeconds(1));

    assertThat(reservations.sum(NOW.plusSeconds(1))).isEqualTo(12);
    assertThat(reservations.sum(NOW.plus(Reservations.HELD))).isEqualTo(12);
    assertThat(reservations.sum(NOW.plus(Reservations.HELD).plusSeconds(1))).isEqualTo(7);
    assertThat(reservations.sum(NOW.plus(Reservations.HELD).plusSeconds(2))).isZero();
  }

  @Test
  void aClockThatJumpsBackForgetsThem() {
    reservations.add(5, NOW);

    assertThat(reservations.sum(NOW.minus(Duration.ofHours(1)))).isZero();
    reservations.add(3, NOW.minus(Duration.ofHours(1)));
    assertThat(reservations.sum(NOW.minus(Duration.ofHours(1)))).isEqualTo(3);
  }
}
