package io.tributary.playback.plays.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.plays.GrantedPlay;
import io.tributary.playback.plays.Play;
import io.tributary.playback.plays.PlayOutcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayCountersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PlayCounters counters = new PlayCounters(registry);

  @Test
  void everyOutcomeIsThereBeforeTheFirstPlay() {
    assertThat(registry.find("tributary.playback.plays").counters())
        .extracting(counter -> counter.getId().getTag("outcome"))
        .containsExactlyInAnyOrder(
            "granted", "granted-stale", "not-placed", "exhausted", "not-known-now", "refused");
  }

  @Test
  void aPlayIsCountedByHowItEnded() {
    counters.ended(granted(false));
    counters.ended(granted(true));
    counters.ended(new PlayOutcome.Exhausted("t"));
    counters.ended(new PlayOutcome.NotEntitled("a", "t"));
    counters.ended(new PlayOutcome.NoSuchTitle("t"));

    assertThat(count("granted")).isEqualTo(1);
    assertThat(count("granted-stale")).isEqualTo(1);
    assertThat(count("exhausted")).isEqualTo(1);
    assertThat(count("refused")).isEqualTo(2);
    assertThat(count("not-placed")).isZero();
  }

  private static PlayOutcome granted(boolean isStale) {
    Play play = new Play("p", null, new PackageRef("t", "p1"), 1_000, Instant.EPOCH, Instant.EPOCH);
    return new PlayOutcome.Granted(new GrantedPlay(play, "T", "pass", List.of(), "d", 0, isStale));
  }

  private double count(String outcome) {
    return registry.get("tributary.playback.plays").tag("outcome", outcome).counter().count();
  }
}
