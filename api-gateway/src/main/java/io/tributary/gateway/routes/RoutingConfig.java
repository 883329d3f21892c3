package io.tributary.gateway.routes;

import java.time.Duration;

/**
 * How long services may take, and how often they are asked.
 *
 * @param requestTimeout the time in which a request must be answered, all tries together
 * @param uploadTimeout the time in which a part of a file must be answered, whose bytes come at the
 *     client's pace
 * @param attemptTimeout the time after which a try is given up while another replica is left; the
 *     last one gets all the time that is left
 * @param maxAttempts how often a request is tried at most, over all replicas
 * @param coolDown how long a replica that failed is asked last; doubles with each further failure
 * @param maxCoolDown the longest that {@code gateway.routing.cool-down} grows to
 * @param resolveInterval how often the addresses of the replicas' host names are asked for anew
 */
public record RoutingConfig(
    Duration requestTimeout,
    Duration uploadTimeout,
    Duration attemptTimeout,
    int maxAttempts,
    Duration coolDown,
    Duration maxCoolDown,
    Duration resolveInterval) {
  private static final Duration MIN = Duration.ofMillis(10);
  private static final Duration MAX = Duration.ofMinutes(10);

  /** The JVM itself remembers an answer for a second. */
  private static final Duration MIN_RESOLVE = Duration.ofSeconds(1);

  /** A replica that left is asked in vain for so long. */
  private static final Duration MAX_RESOLVE = Duration.ofMinutes(1);

  /** What holds where no setting says otherwise. */
  public static final RoutingConfig DEFAULTS =
      new RoutingConfig(
          Duration.ofSeconds(10),
          Duration.ofSeconds(120),
          Duration.ofSeconds(3),
          3,
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5));

  public RoutingConfig {
    check(requestTimeout, "request-timeout");
    check(uploadTimeout, "upload-timeout");
    check(attemptTimeout, "attempt-timeout");
    check(coolDown, "cool-down");
    check(maxCoolDown, "max-cool-down");
    if (maxAttempts < 1 || maxAttempts > 8) {
      throw new IllegalArgumentException("max-attempts is " + maxAttempts + " (expected: 1 to 8)");
    }
    if (resolveInterval.compareTo(MIN_RESOLVE) < 0 || resolveInterval.compareTo(MAX_RESOLVE) > 0) {
      throw new IllegalArgumentException(
          "resolve-interval is " + resolveInterval + " (expected: 1s to 1m)");
    }
  }

  private static void check(Duration value, String name) {
    if (value.compareTo(MIN) < 0 || value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: 10ms to 10m)");
    }
  }
}
