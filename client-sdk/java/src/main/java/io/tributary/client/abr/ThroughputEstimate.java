package io.tributary.client.abr;

import java.util.OptionalLong;

/**
 * The path's throughput as the lower of two exponentially weighted averages: the fast one follows
 * falls, the slow one distrusts rises. A sample weighs as much as the seconds it took.
 *
 * <p>Each average starts at zero and is corrected by the weight it has seen: {@code estimate = sum
 * / (1 - 0.5^(seconds / halfLife))}.
 *
 * <p>No clock. Not safe for use by many threads.
 */
public final class ThroughputEstimate {
  // A loopback sample of a microsecond would else overflow every later product.
  private static final double MAX_BITS_PER_SECOND = 1e11;

  private final Average fast;
  private final Average slow;

  public ThroughputEstimate(AbrConfig config) {
    fast = new Average(config.fastHalfLifeSeconds());
    slow = new Average(config.slowHalfLifeSeconds());
  }

  /** Adds what came in a time in which at least one transfer was running. */
  public void add(long bytes, long nanos) {
    if (bytes <= 0 || nanos <= 0) {
      return;
    }
    double seconds = nanos / 1e9;
    double bitsPerSecond = Math.min(bytes * 8 / seconds, MAX_BITS_PER_SECOND);
    fast.add(bitsPerSecond, seconds);
    slow.add(bitsPerSecond, seconds);
  }

  /** Bits a second; empty before the first sample. */
  public OptionalLong bitsPerSecond() {
    return fast.seconds > 0
        ? OptionalLong.of((long) Math.min(fast.value(), slow.value()))
        : OptionalLong.empty();
  }

  private static final class Average {
    private final double halfLifeSeconds;
    private double sum;
    private double seconds;

    Average(double halfLifeSeconds) {
      this.halfLifeSeconds = halfLifeSeconds;
    }

    void add(double value, double weightSeconds) {
      double kept = Math.pow(0.5, weightSeconds / halfLifeSeconds);
      sum = sum * kept + value * (1 - kept);
      seconds += weightSeconds;
    }

    double value() {
      return sum / (1 - Math.pow(0.5, seconds / halfLifeSeconds));
    }
  }
}
