package io.tributary.oca.fill;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubled a try up to a bound, then half of it by chance, so
 * that a fleet that lost its control plane does not come back in one instant.
 *
 * @param first before the second try
 * @param max bound
 */
public record Backoff(Duration first, Duration max) {
  /** The wait after so many failures in a row, at least one. */
  public Duration after(int failures, RandomGenerator random) {
    int doublings = Math.min(Math.max(failures, 1) - 1, 20);
    long full = Math.min(first.toMillis() << doublings, max.toMillis());
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }
}
