package io.tributary.controlplane.placement;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * How packages are spread.
 *
 * @param copies how many nodes hold each package
 * @param absenceBeforeRefill how long a node must be away, while we watch, before its copies are
 *     made elsewhere: a restart or a short outage must not move terabytes. As long must it take
 *     nothing before what it has not fetched is
 */
public record PlacementConfig(int copies, Duration absenceBeforeRefill) {
  /** Two copies; ten minutes. */
  public static final PlacementConfig DEFAULTS = new PlacementConfig(2, Duration.ofMinutes(10));

  public PlacementConfig {
    checkRange("copies", copies, 1, 8);
    check(
        absenceBeforeRefill.isPositive(),
        "absence-before-refill",
        absenceBeforeRefill,
        "more than 0s");
  }
}
