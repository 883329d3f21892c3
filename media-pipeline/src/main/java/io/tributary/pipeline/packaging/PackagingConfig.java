package io.tributary.pipeline.packaging;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * Bounds of an encoding.
 *
 * @param segmentSeconds how long every segment but the last is at least, in seconds; whole frames
 * @param boundPerSecond how long one second of a source may take to encode before it is given up
 * @param boundAtLeast how long a source may take to encode, however short it is
 */
public record PackagingConfig(int segmentSeconds, Duration boundPerSecond, Duration boundAtLeast) {
  /** What the settings' file says. */
  public static final PackagingConfig DEFAULTS =
      new PackagingConfig(4, Duration.ofSeconds(20), Duration.ofMinutes(10));

  public PackagingConfig {
    checkRange("segment-seconds", segmentSeconds, 1, 10);
    check(boundPerSecond.toMillis() >= 1_000, "bound-per-second", boundPerSecond, "1s or more");
    check(boundAtLeast.toMillis() >= 10_000, "bound-at-least", boundAtLeast, "10s or more");
  }

  /** How long a source of this length may take. */
  Duration boundOf(double durationSeconds) {
    return boundAtLeast.plusMillis((long) (boundPerSecond.toMillis() * durationSeconds));
  }
}
