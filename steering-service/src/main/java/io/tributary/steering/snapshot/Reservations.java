package io.tributary.steering.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What was promised of one node and is not in its figures yet: without it every play of the seconds
 * between two heartbeats would go to the node that looked idle last. Safe for use by many threads.
 */
final class Reservations {
  /**
   * For how long a play counts beside the node's figures: a heartbeat's interval until it is
   * measured, and as long again until the figure is here. Some plays count twice for a moment, and
   * none is forgotten.
   */
  static final Duration HELD = Duration.ofSeconds(3);

  /** A bucket a second, and the one that is being filled. */
  private static final int BUCKETS = Math.toIntExact(HELD.toSeconds()) + 1;

  private final long[] bitsPerSecond = new long[BUCKETS];
  private final long[] seconds = new long[BUCKETS];

  Reservations() {
    Arrays.fill(seconds, Long.MIN_VALUE);
  }

  synchronized void add(long playBitsPerSecond, Instant at) {
    long second = at.getEpochSecond();
    int bucket = Math.floorMod(second, BUCKETS);
    if (seconds[bucket] != second) {
      seconds[bucket] = second;
      bitsPerSecond[bucket] = 0;
    }
    bitsPerSecond[bucket] += playBitsPerSecond;
  }

  /** A clock that jumps drops them: they are seconds old at most. */
  synchronized long sum(Instant at) {
    long second = at.getEpochSecond();
    long sum = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      boolean isHeld = seconds[bucket] <= second && seconds[bucket] > second - BUCKETS;
      sum += isHeld ? bitsPerSecond[bucket] : 0;
    }
    return sum;
  }
}
