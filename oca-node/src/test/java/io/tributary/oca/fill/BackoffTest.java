package io.tributary.oca.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  @Test
  void itDoublesUpToItsBoundAndHalfOfItIsChance() {
    Random random = new Random(7);
    for (int failures = 1; failures <= 1_000; failures++) {
      long full = Math.min(100L << Math.min(failures - 1, 20), 5_000);
      assertThat(backoff.after(failures, random).toMillis()).isBetween(full / 2, full);
    }
  }
}
