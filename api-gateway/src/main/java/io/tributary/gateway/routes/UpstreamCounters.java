package io.tributary.gateway.routes;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What became of one service's requests since the start. Safe for use by many threads. */
public final class UpstreamCounters {
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder answered = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder failedAttempts = new LongAdder();

  /** On their way now. */
  public int inFlight() {
    return inFlight.get();
  }

  /** To which a replica answered, whatever it said. */
  public long answered() {
    return answered.sum();
  }

  /** To which no replica answered, or none in time. */
  public long unanswered() {
    return unanswered.sum();
  }

  /** Attempts that a replica did not answer; another may have. */
  public long failedAttempts() {
    return failedAttempts.sum();
  }

  void began() {
    inFlight.incrementAndGet();
  }

  /** Also those that the client gave up. */
  void ended() {
    inFlight.decrementAndGet();
  }

  void gotAnswer() {
    answered.increment();
  }

  void gotNone() {
    unanswered.increment();
  }

  void attemptFailed() {
    failedAttempts.increment();
  }
}
