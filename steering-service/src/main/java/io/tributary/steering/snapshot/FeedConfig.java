package io.tributary.steering.snapshot;

import static io.tributary.settings.SettingCheck.check;

import java.time.Duration;

/**
 * How the fleet's state is followed.
 *
 * @param probeInterval how often the brokers are asked for a sign of life; bounds how wrong the
 *     snapshot's age can be
 * @param saveInterval how long a changed snapshot may be only in memory
 * @param settling how long after a topic was read again its missing facts are dropped
 */
public record FeedConfig(Duration probeInterval, Duration saveInterval, Duration settling) {
  /** What {@code application.yml} says. */
  public static final FeedConfig DEFAULTS =
      new FeedConfig(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10));

  public FeedConfig {
    check(
        isWithin(probeInterval, Duration.ofMillis(50), Duration.ofMinutes(1)),
        "probe-interval",
        probeInterval,
        "50ms to 1m");
    check(
        isWithin(saveInterval, Duration.ofMillis(10), Duration.ofMinutes(1)),
        "save-interval",
        saveInterval,
        "10ms to 1m");
    check(
        isWithin(settling, Duration.ZERO, Duration.ofMinutes(10)),
        "settling",
        settling,
        "0s to 10m");
  }

  private static boolean isWithin(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }
}
