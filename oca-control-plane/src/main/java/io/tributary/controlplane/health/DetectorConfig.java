package io.tributary.controlplane.health;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * When silence is death, and when it is not.
 *
 * @param suspicionIntervals the silence, in heartbeat intervals, after which a node is unhealthy
 *     unless probes speak for it. At 2.5 a dead node is found 2 intervals after its death on
 *     average
 * @param doubtIntervals the silence, in heartbeat intervals, after which a named node is probed,
 *     and again each half interval while it lasts. At 1.5 a heartbeat is missing, and two probes
 *     have begun before silence counts. From suspicion-intervals on: never, silence alone decides
 * @param hangPatience how long a silent node may take connections and answer none before it is
 *     unhealthy: longer than a healthy one's pause of 3 s and the lost probe before it, and short
 *     enough that one that froze is out of new answers within 6 s at intervals of 1 s
 * @param unheardIntervals the silence, in heartbeat intervals, after which a node is unhealthy
 *     although it answers probes: players reach it, but what is known of its load is too old
 * @param recoveryHeartbeats how many heartbeats in a row make an unhealthy node healthy again
 * @param grace the time in which nobody is suspected after this process began to listen, or after
 *     the feed of facts came back
 * @param expiryWindow the time in which at most half of the healthy nodes, rounded up, may become
 *     unhealthy by silence: more is more likely our fault than theirs
 * @param refreshEvery how often a verdict is said again with fresh load figures
 * @param probeEvery how often a node that cannot be reached is tried again
 * @param configPatience how long a node may run under another configuration than most others before
 *     it gets no new plays: longer than a rolling restart of ours with new settings takes
 */
public record DetectorConfig(
    double suspicionIntervals,
    double doubtIntervals,
    Duration hangPatience,
    double unheardIntervals,
    int recoveryHeartbeats,
    Duration grace,
    Duration expiryWindow,
    Duration refreshEvery,
    Duration probeEvery,
    Duration configPatience) {
  /** As the fleet starts with. */
  public static final DetectorConfig DEFAULTS =
      new DetectorConfig(
          2.5,
          1.5,
          Duration.ofMillis(3_800),
          10,
          3,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofMinutes(2));

  public DetectorConfig {
    check(
        suspicionIntervals >= 1.5 && suspicionIntervals <= 60,
        "suspicion-intervals",
        suspicionIntervals,
        "1.5 to 60");
    check(
        doubtIntervals >= 1.1 && doubtIntervals <= 60,
        "doubt-intervals",
        doubtIntervals,
        "1.1 to 60");
    check(isPositive(hangPatience), "hang-patience", hangPatience, "more than 0s");
    check(
        unheardIntervals >= 1.5 && unheardIntervals <= 600,
        "unheard-intervals",
        unheardIntervals,
        "1.5 to 600");
    checkRange("recovery-heartbeats", recoveryHeartbeats, 1, 100);
    check(!grace.isNegative(), "grace", grace, "0s or more");
    check(isPositive(expiryWindow), "expiry-window", expiryWindow, "more than 0s");
    check(isPositive(refreshEvery), "refresh-every", refreshEvery, "more than 0s");
    check(isPositive(probeEvery), "probe-every", probeEvery, "more than 0s");
    check(isPositive(configPatience), "config-patience", configPatience, "more than 0s");
  }

  /** The silence that makes a node unhealthy unless probes speak for it. */
  Duration suspicion(Duration heartbeatInterval) {
    return times(suspicionIntervals, heartbeatInterval);
  }

  /** The silence after which a node is probed. */
  Duration doubt(Duration heartbeatInterval) {
    return times(doubtIntervals, heartbeatInterval);
  }

  /** The silence that makes a node unhealthy although it answers. */
  Duration unheard(Duration heartbeatInterval) {
    return times(unheardIntervals, heartbeatInterval);
  }

  private static Duration times(double intervals, Duration heartbeatInterval) {
    return Duration.ofNanos((long) (heartbeatInterval.toNanos() * intervals));
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
