package io.tributary.steering.explain;

import java.time.Duration;
import java.time.Instant;

/**
 * Lets so many records a second pass, and as many at once after a quiet second: a bucket of tokens.
 * Safe for use by many threads.
 */
public final class RecordRate {
  private final int perSecond;
  private double tokens;
  private Instant filledAt = Instant.EPOCH;

  /** Full at first. */
  public RecordRate(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Whether one more may be written. */
  public synchronized boolean passes(Instant now) {
    Duration since = Duration.between(filledAt, now);
    if (since.isPositive()) {
      double seconds = since.compareTo(Duration.ofSeconds(1)) > 0 ? 1 : since.toNanos() / 1e9;
      tokens = Math.min(perSecond, tokens + perSecond * seconds);
      filledAt = now;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
