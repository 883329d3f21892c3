package io.tributary.oca;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.oca.fill.FillRate;
import io.tributary.oca.fill.Filler;
import io.tributary.oca.heartbeat.HeartbeatLoop;
import io.tributary.oca.serve.MediaServer;
import io.tributary.oca.serve.ServeCounters;
import io.tributary.oca.serve.ServeCounters.Outcome;
import io.tributary.oca.store.PackageStore;
import io.tributary.oca.store.Scrubber;
import java.time.InstantSource;
import java.util.Locale;

/** Shows the parts' own counters to Prometheus. */
final class NodeMetrics implements MeterBinder {
  private final PackageStore store;
  private final Scrubber scrubber;
  private final MediaServer server;
  private final ServeCounters counters;
  private final Filler filler;
  private final FillRate rate;
  private final LocalNode node;
  private final HeartbeatLoop heartbeat;
  private final InstantSource clock;

  NodeMetrics(
      PackageStore store,
      Scrubber scrubber,
      MediaServer server,
      ServeCounters counters,
      Filler filler,
      FillRate rate,
      LocalNode node,
      HeartbeatLoop heartbeat,
      InstantSource clock) {
    this.store = store;
    this.scrubber = scrubber;
    this.server = server;
    this.counters = counters;
    this.filler = filler;
    this.rate = rate;
    this.node = node;
    this.heartbeat = heartbeat;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      FunctionCounter.builder("oca.requests", counters, c -> c.requests(outcome))
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    FunctionCounter.builder("oca.sent", counters, ServeCounters::bytesSent)
        .baseUnit("bytes")
        .register(registry);
    // What it may do at most, beside what it does: as it tells the control plane.
    Gauge.builder("oca.egress.max", () -> node.capacity().egressBitsPerSecond())
        .baseUnit("bits")
        .description("a second")
        .register(registry);
    Gauge.builder("oca.connections", counters, ServeCounters::connections).register(registry);
    Gauge.builder("oca.connections.max", () -> node.capacity().connections()).register(registry);
    FunctionCounter.builder("oca.connections.refused", counters, ServeCounters::connectionsRefused)
        .register(registry);
    Gauge.builder("oca.files.open", server, MediaServer::openFiles).register(registry);
    Gauge.builder("oca.store.held", store, PackageStore::bytesHeld)
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("oca.store.max", () -> node.capacity().storeBytes())
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("oca.store.packages", store, s -> s.held().size()).register(registry);
    FunctionCounter.builder("oca.fill.fetched", rate, FillRate::bytes)
        .baseUnit("bytes")
        .register(registry);
    FunctionCounter.builder("oca.fill.files", filler, Filler::filesFetched).register(registry);
    FunctionCounter.builder("oca.fill.packages", filler, Filler::packagesFilled).register(registry);
    FunctionCounter.builder("oca.fill.failures", filler, Filler::failures).register(registry);
    FunctionCounter.builder("oca.scrub.read", scrubber, Scrubber::bytesRead)
        .baseUnit("bytes")
        .register(registry);
    FunctionCounter.builder("oca.scrub.findings", scrubber, Scrubber::findings).register(registry);
    FunctionCounter.builder("oca.scrub.passes", scrubber, Scrubber::passes).register(registry);
    Gauge.builder("oca.degraded", node, n -> n.trouble().isPresent() ? 1 : 0).register(registry);
    Gauge.builder("oca.draining", heartbeat, h -> h.drains() ? 1 : 0).register(registry);
    Gauge.builder(
            "oca.heartbeat.age",
            heartbeat,
            h -> (clock.millis() - h.lastAnswer().toEpochMilli()) / 1_000.0)
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("oca.certificate.end", heartbeat, NodeMetrics::certificateEnd)
        .baseUnit("seconds")
        .description("Unix time; none before the node has joined")
        .register(registry);
  }

  private static double certificateEnd(HeartbeatLoop heartbeat) {
    return heartbeat.certificateEnd().map(end -> (double) end.getEpochSecond()).orElse(Double.NaN);
  }
}
