package io.tributary.pipeline;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.pipeline.ingest.IngestDesk;
import io.tributary.pipeline.transcoding.WorkCounters.Outcome;
import io.tributary.pipeline.transcoding.WorkerLoop;
import java.util.function.LongSupplier;

/** Shows the parts' own counters to Prometheus. */
final class PipelineMetrics implements MeterBinder {
  private static final String PREFIX = "tributary.pipeline.";

  private final IngestDesk desk;
  private final WorkerLoop worker;
  private final LongSupplier waiting;

  /**
   * Shows nothing yet.
   *
   * @param waiting sources that wait for this worker
   */
  PipelineMetrics(IngestDesk desk, WorkerLoop worker, LongSupplier waiting) {
    this.desk = desk;
    this.worker = worker;
    this.waiting = waiting;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      FunctionCounter.builder(PREFIX + "ingests", worker, each -> each.counters().ended(outcome))
          .tag("outcome", outcome.word())
          .register(registry);
    }
    Gauge.builder(PREFIX + "working", worker, each -> each.isIdle() ? 0 : 1)
        .description("1 while a source is at work, or may be")
        .register(registry);
    Gauge.builder(PREFIX + "transcodes.waiting", waiting::getAsLong)
        .description("sources that wait for this worker to be done")
        .register(registry);
    Gauge.builder(PREFIX + "parts", desk, IngestDesk::partsNow)
        .description("parts of sources that are being taken")
        .register(registry);
    Gauge.builder(PREFIX + "parts.max", desk, IngestDesk::maxParts)
        .description("that may be taken at once; more wait, then are refused")
        .register(registry);
  }
}
