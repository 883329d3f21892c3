package io.tributary.benchmarks.steering;

import io.tributary.steering.explain.DecisionLogConfig;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.explain.RecordRate;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does with decisions what the service's log does, but for the sending: as many a second as it
 * takes by default are written as JSON by a thread of their own. Safe for use by many threads.
 */
final class SampledRecords implements DecisionSink {
  private static final int GATHER_MILLIS = 20;

  private final DecisionLogConfig config = DecisionLogConfig.DEFAULTS;
  private final JsonMapper json;
  private final BlockingQueue<Decision> queue = new ArrayBlockingQueue<>(config.queuedRecords());
  private final Thread thread = Thread.ofPlatform().name("records").daemon().unstarted(this::run);
  private final RecordRate rate = new RecordRate(config.maxRecordsPerSecond());
  private final AtomicLong writtenBytes = new AtomicLong();

  SampledRecords(JsonMapper json) {
    this.json = json;
  }

  void start() {
    thread.start();
  }

  /** Of all records so far. */
  long writtenBytes() {
    return writtenBytes.get();
  }

  @Override
  public void decided(Decision decision) {
    if (rate.passes(decision.at())) {
      boolean isQueued = queue.offer(decision);
      if (!isQueued) {
        throw new IllegalStateException("the records' thread does not keep up");
      }
    }
  }

  private void run() {
    try {
      while (true) {
        Decision decision = queue.poll();
        if (decision == null) {
          TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
        } else {
          writtenBytes.addAndGet(json.writeValueAsBytes(decision.record().get()).length);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does: it ends with the process
    }
  }
}
