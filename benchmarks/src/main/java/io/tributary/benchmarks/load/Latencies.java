package io.tributary.benchmarks.load;

import java.util.Arrays;

/** How long answers took. Immutable. */
public final class Latencies {
  private final long[] ascendingNanos;

  /** Of the first so many of these. */
  public Latencies(long[] nanos, int count) {
    ascendingNanos = Arrays.copyOf(nanos, count);
    Arrays.sort(ascendingNanos);
  }

  /** How many there are. */
  public int count() {
    return ascendingNanos.length;
  }

  /**
   * Milliseconds in which so many of a hundred were there.
   *
   * @throws IllegalStateException if there are none
   */
  public double percentileMillis(double percent) {
    if (ascendingNanos.length == 0) {
      throw new IllegalStateException("nothing was answered");
    }
    int rank = (int) Math.ceil(ascendingNanos.length * percent / 100) - 1;
    return ascendingNanos[Math.max(0, rank)] / 1e6;
  }
}
