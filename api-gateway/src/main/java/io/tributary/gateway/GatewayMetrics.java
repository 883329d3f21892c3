package io.tributary.gateway;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.gateway.doors.ConnectionGuard;
import io.tributary.gateway.routes.Upstream;
import io.tributary.gateway.routes.UpstreamCounters;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Shows the parts' own counters to Prometheus. */
final class GatewayMetrics implements MeterBinder {
  private static final String PREFIX = "tributary.gateway.";

  private final Map<String, ConnectionGuard> doors;
  private final Map<Upstream, UpstreamCounters> upstreams;

  /**
   * Shows nothing yet.
   *
   * @param doors by name
   */
  GatewayMetrics(Map<String, ConnectionGuard> doors, Map<Upstream, UpstreamCounters> upstreams) {
    this.doors = doors;
    this.upstreams = upstreams;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    doors.forEach((door, guard) -> {
      Gauge.builder(PREFIX + "connections", guard, ConnectionGuard::open)
          .tag("door", door)
          .register(registry);
      Gauge.builder(PREFIX + "connections.max", guard, ConnectionGuard::max)
          .tag("door", door)
          .description("one more is closed before it is read from")
          .register(registry);
      FunctionCounter.builder(PREFIX + "connections.refused", guard, ConnectionGuard::refused)
          .tag("door", door)
          .register(registry);
    });
    upstreams.forEach((upstream, counters) -> {
      Gauge.builder(PREFIX + "upstream.in.flight", counters, UpstreamCounters::inFlight)
          .tag("upstream", upstream.key())
          .register(registry);
      count(registry, upstream, "answered", counters, UpstreamCounters::answered);
      count(registry, upstream, "unanswered", counters, UpstreamCounters::unanswered);
      FunctionCounter.builder(
              PREFIX + "upstream.failed.attempts", counters, UpstreamCounters::failedAttempts)
          .tag("upstream", upstream.key())
          .description("another replica may have answered")
          .register(registry);
    });
  }

  private static void count(
      MeterRegistry registry,
      Upstream upstream,
      String outcome,
      UpstreamCounters counters,
      ToDoubleFunction<UpstreamCounters> count) {
    FunctionCounter.builder(PREFIX + "upstream.requests", counters, count)
        .tag("upstream", upstream.key())
        .tag("outcome", outcome)
        .register(registry);
  }
}
