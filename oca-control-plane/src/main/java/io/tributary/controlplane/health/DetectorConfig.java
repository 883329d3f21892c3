package io.tributary.controlplane.health;

import java.time.Duration;

/**
 * When silence is death, and when it is not.
 *
 * @param suspicionIntervals the silence, in heartbeat intervals, after which a node is unhealthy.
 *     At 2.5 one lost heartbeat is forgiven, and a dead node is found 2 intervals after its death
 *     on average
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
        recoveryHeartbeats >= 1 && recoveryHeartbeats <= 100,
        "recovery-heartbeats",
        recoveryHeartbeats,
        "1 to 100");
    check(!grace.isNegative(), "grace", grace, "0s or more");
    check(isPositive(expiryWindow), "expiry-window", expiryWindow, "more than 0s");
    check(isPositive(refreshEvery), "refresh-every", refreshEvery, "more than 0s");
    check(isPositive(probeEvery), "probe-every", probeEvery, "more than 0s");
    check(isPositive(configPatience), "config-patience", configPatience, "more than 0s");
  }

  /** The silence that makes a node unhealthy. */
  Duration suspicion(Duration heartbeatInterval) {
    return Duration.ofNanos((long) (heartbeatInterval.toNanos() * suspicionIntervals));
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: " + expected + ")");
    }
  }
}
