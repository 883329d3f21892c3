package io.tributary.gateway.doors;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * What clients may send.
 *
 * @param jsonBytes the largest body that is read whole, in bytes
 * @param partBytes the largest part of a file, which streams through, in bytes
 * @param arrivalTimeout the time in which a body that is read whole must have come
 */
public record BodyConfig(int jsonBytes, long partBytes, Duration arrivalTimeout) {
  /** What holds where no setting says otherwise. */
  public static final BodyConfig DEFAULTS =
      new BodyConfig(64 * 1024, 16L * 1024 * 1024, Duration.ofSeconds(10));

  public BodyConfig {
    checkRange("json-bytes", jsonBytes, 1024, 1024 * 1024);
    checkRange("part-bytes", partBytes, 1024, 1024L * 1024 * 1024);
    check(
        arrivalTimeout.compareTo(Duration.ofMillis(10)) >= 0
            && arrivalTimeout.compareTo(Duration.ofMinutes(10)) <= 0,
        "arrival-timeout",
        arrivalTimeout,
        "10ms to 10m");
  }
}
