package io.tributary.gateway.routes;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

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
    check(isWait(requestTimeout), "request-timeout", requestTimeout, "10ms to 10m");
    check(isWait(uploadTimeout), "upload-timeout", uploadTimeout, "10ms to 10m");
    check(isWait(attemptTimeout), "attempt-timeout", attemptTimeout, "10ms to 10m");
    check(isWait(coolDown), "cool-down", coolDown, "10ms to 10m");
    check(isWait(maxCoolDown), "max-cool-down", maxCoolDown, "10ms to 10m");
    checkRange("max-attempts", maxAttempts, 1, 8);
    check(
        resolveInterval.compareTo(MIN_RESOLVE) >= 0 && resolveInterval.compareTo(MAX_RESOLVE) <= 0,
        "resolve-interval",
        resolveInterval,
        "1s to 1m");
  }

  private static boolean isWait(Duration value) {
    return value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0;
  }
}
