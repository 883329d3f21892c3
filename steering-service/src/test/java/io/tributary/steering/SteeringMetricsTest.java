package io.tributary.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.settings.KafkaAccess;
import io.tributary.steering.explain.DecisionLogConfig;
import io.tributary.steering.explain.KafkaDecisionLog;
import io.tributary.steering.external.ExternalCdn;
import io.tributary.steering.external.ExternalCdnConfig;
import io.tributary.steering.location.ClientLocator;
import io.tributary.steering.location.Geography;
import io.tributary.steering.location.PrefixTable;
import io.tributary.steering.location.Sites;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.reports.ErrorReports;
import io.tributary.steering.reports.KafkaReportFeed;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.SetAsideRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

class SteeringMetricsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final ExternalCdn external =
      new ExternalCdn(
          new ExternalCdnConfig("https://cdn.example", "cdn", 100, Duration.ofHours(1)));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  SteeringMetricsTest() {
    new SteeringMetrics(
        registry,
        new Fleet(),
        () ->
            new Nearness(
                new ClientLocator(PrefixTable.EMPTY, new Sites(List.of()), Geography.UNKNOWN, null),
                List.of(),
                0,
                null),
        new SetAsideRecords(),
        new KafkaDecisionLog(
            DecisionLogConfig.DEFAULTS,
            KafkaAccess.open("127.0.0.1:1"),
            "local",
            JsonMapper.builder().build()),
        external,
        new ErrorReports(),
        new KafkaReportFeed(
            KafkaAccess.open("127.0.0.1:1"),
            new ErrorReports(),
            new SetAsideRecords(),
            JsonMapper.builder().build(),
            InstantSource.system()),
        InstantSource.fixed(NOW));
  }

  @Test
  void capacityIsTheEventLoopsThatAnswer() {
    assertThat(registry.get("tributary.steering.event.loops").gauge().value())
        .isEqualTo(LoopResources.DEFAULT_IO_WORKER_COUNT);
  }

  @Test
  void whatTheExternalCdnIsSentIsSeen() {
    external.sent("play-1", 5, NOW);
    external.moved();
    external.moved();

    assertThat(registry.get("tributary.steering.external.bits.per.second").gauge().value())
        .isEqualTo(5);
    assertThat(externalPlays("began")).isEqualTo(1);
    assertThat(externalPlays("moved")).isEqualTo(2);
  }

  private double externalPlays(String how) {
    return registry
        .get("tributary.steering.external.plays")
        .tag("how", how)
        .functionCounter()
        .count();
  }

  @Test
  void withoutReportsNoNodeIsPenalised() {
    assertThat(registry.get("tributary.steering.nodes.penalised").gauge().value()).isZero();
    assertThat(registry.get("tributary.steering.reports.read").functionCounter().count()).isZero();
  }

  @Test
  void aSnapshotThatNeverWasHasANegativeAge() {
    assertThat(registry.get("tributary.steering.snapshot.age").gauge().value()).isNegative();
  }
}
