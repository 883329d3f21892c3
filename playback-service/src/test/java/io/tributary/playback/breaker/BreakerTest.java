package io.tributary.playback.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private Instant now = Instant.parse("2026-11-23T03:00:00Z");
  private final Breaker breaker = new Breaker(Duration.ofSeconds(1), () -> now);

  @Test
  void afterAFailureNobodyAsksForAPauseAndThenOneDoes() {
    assertThat(breaker.mayAsk()).isTrue();
    breaker.failed();
    assertThat(breaker.mayAsk()).isFalse();

    now = now.plusSeconds(1);
    assertThat(breaker.mayAsk()).isTrue();
    assertThat(breaker.mayAsk()).as("a second one in the same pause").isFalse();
  }

  @Test
  void anAnswerOpensItForAll() {
    breaker.failed();
    now = now.plusSeconds(1);
    assertThat(breaker.mayAsk()).isTrue();
    breaker.answered();

    assertThat(breaker.mayAsk()).isTrue();
    assertThat(breaker.mayAsk()).isTrue();
  }
}
