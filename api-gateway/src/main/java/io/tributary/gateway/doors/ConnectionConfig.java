package io.tributary.gateway.doors;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

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
    checkRange("max", max, 1, 100_000);
    check(
        headTimeout.compareTo(Duration.ofMillis(10)) >= 0
            && headTimeout.compareTo(Duration.ofMinutes(10)) <= 0,
        "head-timeout",
        headTimeout,
        "10ms to 10m");
  }
}
