package io.tributary.controlplane.placement;

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
    if (copies < 1 || copies > 8) {
      throw new IllegalArgumentException("copies is " + copies + " (expected: 1 to 8)");
    }
    if (absenceBeforeRefill.isNegative() || absenceBeforeRefill.isZero()) {
      throw new IllegalArgumentException(
          "absence-before-refill is " + absenceBeforeRefill + " (expected: more than 0s)");
    }
  }
}
