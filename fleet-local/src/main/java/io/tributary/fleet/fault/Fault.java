package io.tributary.fleet.fault;

/**
 * What goes wrong between one process and its clients, on every connection to it, old and new.
 *
 * @param latencyMillis added each way; 0 to 60,000
 * @param bitsPerSecond that all connections together may pass each way; 0 for no limit
 * @param reset whether connections are reset, and new ones as soon as they are made
 * @param blackhole whether connections are accepted and nothing passes; what was sent meanwhile
 *     arrives when it ends
 */
public record Fault(long latencyMillis, long bitsPerSecond, boolean reset, boolean blackhole) {

  /** Nothing is wrong. */
  public static final Fault NONE = new Fault(0, 0, false, false);

  private static final long MOST_LATENCY_MILLIS = 60_000;
  private static final long LEAST_BITS_PER_SECOND = 1_000;

  public Fault {
    if (latencyMillis < 0 || latencyMillis > MOST_LATENCY_MILLIS) {
      throw new IllegalArgumentException(
          "latency is " + latencyMillis + " ms (expected: 0 to " + MOST_LATENCY_MILLIS + ")");
    }
    if (bitsPerSecond != 0 && bitsPerSecond < LEAST_BITS_PER_SECOND) {
      throw new IllegalArgumentException(
          "rate is "
              + bitsPerSecond
              + " bits/s (expected: at least "
              + LEAST_BITS_PER_SECOND
              + ", or 0 for no limit)");
    }
  }
}
