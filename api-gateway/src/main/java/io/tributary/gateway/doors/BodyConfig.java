package io.tributary.gateway.doors;

import static io.tributary.settings.SettingCheck.check;

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
    check(
        jsonBytes >= 1024 && jsonBytes <= 1024 * 1024, "json-bytes", jsonBytes, "1024 to 1048576");
    check(
        partBytes >= 1024 && partBytes <= 1024L * 1024 * 1024,
        "part-bytes",
        partBytes,
        "1024 to 1073741824");
    check(
        arrivalTimeout.compareTo(Duration.ofMillis(10)) >= 0
            && arrivalTimeout.compareTo(Duration.ofMinutes(10)) <= 0,
        "arrival-timeout",
        arrivalTimeout,
        "10ms to 10m");
  }
}
