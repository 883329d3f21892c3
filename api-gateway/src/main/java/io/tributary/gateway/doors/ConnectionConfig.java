package io.tributary.gateway.doors;

import java.time.Duration;

/**
 * What connections each door takes.
 *
 * @param max how many connections each door takes at once; one more is closed before it is read
 *     from
 * @param headTimeout the time from the first byte of a request to the end of its headers
 */
public record ConnectionConfig(int max, Duration headTimeout) {
  /** What holds where no setting says otherwise: some tens of KiB a connection. */
  public static final ConnectionConfig DEFAULTS =
      new ConnectionConfig(4_096, Duration.ofSeconds(10));

  public ConnectionConfig {
    if (max < 1 || max > 100_000) {
      throw new IllegalArgumentException("max is " + max + " (expected: 1 to 100000)");
    }
    if (headTimeout.compareTo(Duration.ofMillis(10)) < 0
        || headTimeout.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "head-timeout is " + headTimeout + " (expected: 10ms to 10m)");
    }
  }
}
