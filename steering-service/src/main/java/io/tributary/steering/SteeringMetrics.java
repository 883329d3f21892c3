package io.tributary.steering;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.explain.KafkaDecisionLog;
import io.tributary.steering.external.ExternalCdn;
import io.tributary.steering.location.SetAsideReason;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.reports.ErrorReports;
import io.tributary.steering.reports.KafkaReportFeed;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.SetAsideRecords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.netty.resources.LoopResources;

/** What Prometheus sees of steering. */
final class SteeringMetrics implements DecisionSink {
  private static final String PREFIX = "tributary.steering.";

  private final Map<String, Counter> ofNewPlays;
  private final Map<String, Counter> ofRunningPlays;

  SteeringMetrics(
      MeterRegistry registry,
      Fleet fleet,
      Supplier<Nearness> nearness,
      SetAsideRecords setAside,
      KafkaDecisionLog decisionLog,
      ExternalCdn external,
      ErrorReports reports,
      KafkaReportFeed reportFeed,
      InstantSource clock) {
    ofNewPlays = decisions(registry, "new");
    ofRunningPlays = decisions(registry, "running");
    Gauge.builder(PREFIX + "snapshot.age", fleet, known -> ageSeconds(known, clock))
        .baseUnit("seconds")
        .description("Since the feed was last proven alive; negative if it never was")
        .register(registry);
    Gauge.builder(PREFIX + "nodes", fleet, known -> known.snapshot().nodeCount())
        .register(registry);
    Gauge.builder(PREFIX + "holdings", fleet, known -> known.snapshot().holdings())
        .register(registry);
    Gauge.builder(PREFIX + "prefixes", nearness, now -> now.get().prefixes())
        .description("Of clients' networks, by which near sites are found")
        .register(registry);
    Gauge.builder(PREFIX + "route.sources.broken", nearness, SteeringMetrics::brokenSources)
        .description("Of which an old copy is used, or none")
        .register(registry);
    for (SetAsideReason reason : SetAsideReason.values()) {
      Gauge.builder(PREFIX + "routes.set.aside", nearness, now -> setAside(now.get(), reason))
          .tag("reason", reason.word())
          .register(registry);
    }
    Gauge.builder(PREFIX + "event.loops", () -> LoopResources.DEFAULT_IO_WORKER_COUNT)
        .description("Requests that can be worked at at once: none of them ever waits for anything")
        .register(registry);
    FunctionCounter.builder(PREFIX + "records.set.aside", setAside, SetAsideRecords::count)
        .register(registry);
    Gauge.builder(PREFIX + "nodes.penalised", reports, known -> known.penalised(clock.instant()))
        .description("That clients of several networks report errors of")
        .register(registry);
    FunctionCounter.builder(PREFIX + "reports.read", reportFeed, KafkaReportFeed::read)
        .description("Of clients, bad ones among them")
        .register(registry);
    count(registry, decisionLog, "written", KafkaDecisionLog::written);
    count(registry, decisionLog, "sampled-out", KafkaDecisionLog::sampledOut);
    count(registry, decisionLog, "dropped", KafkaDecisionLog::dropped);
    count(registry, decisionLog, "failed", KafkaDecisionLog::failed);
    FunctionCounter.builder(PREFIX + "external.plays", external, ExternalCdn::playsBegun)
        .description("Sent to the external CDN")
        .tag("how", "began")
        .register(registry);
    FunctionCounter.builder(PREFIX + "external.plays", external, ExternalCdn::playsMoved)
        .description("Sent to the external CDN")
        .tag("how", "moved")
        .register(registry);
    Gauge.builder(
            PREFIX + "external.bits.per.second",
            external,
            cdn -> cdn.bitsPerSecond(clock.instant()))
        .description("What plays that count against the external CDN's cap take")
        .register(registry);
  }

  @Override
  public void decided(Decision decision) {
    Counter counter =
        (decision.isOfRunningPlay() ? ofRunningPlays : ofNewPlays).get(decision.outcome());
    if (counter != null) {
      counter.increment();
    }
  }

  private static Map<String, Counter> decisions(MeterRegistry registry, String play) {
    return Stream.of("steered", "not-placed", "exhausted")
        .collect(
            Collectors.toMap(
                outcome -> outcome,
                outcome ->
                    registry.counter(PREFIX + "decisions", "outcome", outcome, "play", play)));
  }

  private static double ageSeconds(Fleet fleet, InstantSource clock) {
    return fleet.age(clock.instant()).map(Duration::toMillis).orElse(-1L) / 1e3;
  }

  private static double brokenSources(Supplier<Nearness> nearness) {
    return nearness.get().reports().stream().filter(one -> one.problem().isPresent()).count();
  }

  private static double setAside(Nearness now, SetAsideReason reason) {
    return now.reports().stream().mapToLong(report -> report.setAside(reason)).sum();
  }

  private static void count(
      MeterRegistry registry,
      KafkaDecisionLog decisionLog,
      String fate,
      ToDoubleFunction<KafkaDecisionLog> count) {
    FunctionCounter.builder(PREFIX + "decision.records", decisionLog, count)
        .tag("fate", fate)
        .register(registry);
  }
}
