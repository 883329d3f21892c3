package io.tributary.steering.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.steering.ranking.Candidate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExternalCdnTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final ExternalCdn cdn =
      new ExternalCdn(new ExternalCdnConfig("https://cdn.example", "cdn", 100, HOUR));

  @Test
  void givenPlaysThatBegan_whenTheirLengthIsOver_thenTheyCountNoMore() {
    cdn.sent("play-1", 5, NOW);
    cdn.sent("play-2", 7, NOW.plusSeconds(60));

    assertEquals(12, cdn.bitsPerSecond(NOW.plus(HOUR).minusNanos(1)));
    assertEquals(7, cdn.bitsPerSecond(NOW.plus(HOUR)));
    assertEquals(0, cdn.bitsPerSecond(NOW.plus(HOUR).plusSeconds(60)));
    assertEquals(2, cdn.playsBegun());
  }

  @Test
  void givenAPlayThatIsSentThereAgain_thenItCountsOnceAndForLonger() {
    cdn.sent("play-1", 5, NOW);
    cdn.sent("play-2", 1, NOW);
    cdn.sent("play-1", 7, NOW.plusSeconds(60));

    assertEquals(8, cdn.bitsPerSecond(NOW.plusSeconds(60)));
    assertEquals(7, cdn.bitsPerSecond(NOW.plus(HOUR)));
    assertEquals(2, cdn.playsBegun());
  }

  @Test
  void givenAPlayThatIsSentToAnOwnNode_thenItCountsNoMore() {
    cdn.sent("play-1", 5, NOW);
    cdn.left("play-1");
    cdn.left("play-2");

    assertEquals(0, cdn.bitsPerSecond(NOW));
  }

  @Test
  void givenAPlayThatAsksAgain_thenItSeesTheOthersOnly() {
    cdn.sent("play-1", 95, NOW);

    assertEquals(Candidate.external("cdn", true, 100, 0), cdn.candidate("play-1", true, NOW));
    assertEquals(Candidate.external("cdn", true, 100, 95), cdn.candidate("play-2", true, NOW));
  }

  @Test
  void givenMorePlaysThanAreRemembered_thenItCountsAsFullForOthers() {
    ExternalCdn large =
        new ExternalCdn(new ExternalCdnConfig("https://cdn.example", "cdn", 1_000_000, HOUR));
    for (int play = 0; play < 200_000; play++) {
      large.sent("play-" + play, 1, NOW);
    }

    assertEquals(
        Candidate.external("cdn", true, 1_000_000, 1_000_000),
        large.candidate("another", true, NOW));
    assertEquals(
        Candidate.external("cdn", true, 1_000_000, 199_999), large.candidate("play-7", true, NOW));
  }

  @Test
  void givenNoBaseUrl_thenThereIsNone() {
    ExternalCdn none = new ExternalCdn(ExternalCdnConfig.NONE);

    assertThat(none.nodeId()).isEmpty();
    assertThat(none.isNamed("external")).isFalse();
  }
}
