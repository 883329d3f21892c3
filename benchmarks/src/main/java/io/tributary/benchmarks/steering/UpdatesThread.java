package io.tributary.benchmarks.steering;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells a fleet 2,000 things a second, one in four of them of a holding: a reading of Kafka with
 * four records every 2 ms. Every second reading changes more than figures of load, and swaps the
 * snapshot that is decided from.
 */
final class UpdatesThread {
  private static final int RECORDS_OF_A_READING = 4;
  private static final Duration BETWEEN = Duration.ofMillis(2);

  private final BenchmarkFleet known;
  private final Thread thread = Thread.ofPlatform().name("updates").daemon().unstarted(this::run);
  private final AtomicLong records = new AtomicLong();
  private volatile boolean isEnding;

  UpdatesThread(BenchmarkFleet known) {
    this.known = known;
  }

  void start() {
    thread.start();
  }

  /** Told so far. */
  long records() {
    return records.get();
  }

  void end() {
    isEnding = true;
  }

  private void run() {
    long due = System.nanoTime();
    while (!isEnding) {
      long now = System.nanoTime();
      if (now < due) {
        LockSupport.parkNanos(due - now);
        continue;
      }
      known.update(RECORDS_OF_A_READING, Instant.now());
      records.addAndGet(RECORDS_OF_A_READING);
      due += BETWEEN.toNanos();
    }
  }
}
