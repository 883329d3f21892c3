package io.tributary.playback.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.contracts.api.PlayEvent;
import io.tributary.contracts.api.PlayReport;
import io.tributary.contracts.api.PlayerState;
import io.tributary.contracts.context.Priority;
import io.tributary.contracts.context.RequestContext;
import io.tributary.contracts.event.PlayReported;
import io.tributary.contracts.event.PlayStarted;
import io.tributary.playback.Given;
import io.tributary.settings.KafkaAccess;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What waits, with nobody who sends it. */
class KafkaEventsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final KafkaEvents events =
      new KafkaEvents(
          KafkaAccess.open("127.0.0.1:1"), JsonMapper.shared(), InstantSource.fixed(NOW), metrics);

  @Test
  void givenAFloodOfSmallReports_whenPlaysStart_thenTheyHaveTheirRoom() {
    for (int i = 0; i < 20_000; i++) {
      events.playReported(report(1), context());
    }
    for (int i = 0; i < 5_000; i++) {
      events.playStarted(
          new PlayStarted("p" + i, null, "film", "p1", "", List.of(), false), "d", context());
    }

    assertThat(lost("reports")).isEqualTo(15_000);
    assertThat(lost("events")).isZero();
  }

  @Test
  void givenAFloodOfLargeReports_whenTheyWait_thenTheirBytesAreBounded() {
    for (int i = 0; i < 1_000; i++) {
      events.playReported(report(PlayReport.MAX_EVENTS), context());
    }

    int bytes = JsonMapper.shared().writeValueAsBytes(report(PlayReport.MAX_EVENTS)).length;
    double waitingBytes = (1_000 - lost("reports")) * bytes;
    assertThat(waitingBytes).isBetween(4.0 * 1024 * 1024, 8.0 * 1024 * 1024);
  }

  private double lost(String what) {
    return metrics.get("tributary.playback." + what + ".lost").counter().count();
  }

  private static PlayReported report(int count) {
    PlayEvent event = Given.error(1, NOW, PlayerState.PLAYING, null, "oca-1", "x".repeat(128));
    return new PlayReported(
        "p", null, "film", "p1", "192.0.2.0/24", NOW, 0, null, Collections.nCopies(count, event));
  }

  private static RequestContext context() {
    return Given.request(null, Priority.BULK, NOW.plusSeconds(10));
  }
}
