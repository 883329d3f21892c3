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
 * @param withdrawalWait how long a copy that is named no more is kept by its node. Manifests and
 *     remembered rankings that name it live for {@code playback.plays.minimum-life}, and a replica
 *     that is late may name it for a little longer; a player that is steered, or asks again, is led
 *     elsewhere within minutes, and one that meets a deleted copy goes on at its next node
 * @param supersededKept how long a package is held after a newer one of its title was placed: plays
 *     of it go on. As long as a media token lives at most
 */
public record PlacementConfig(
    int copies, Duration absenceBeforeRefill, Duration withdrawalWait, Duration supersededKept) {
  private static final Duration MOST = Duration.ofDays(30);

  /** Two copies; ten minutes; an hour more than half a day; a day. */
  public static final PlacementConfig DEFAULTS =
      new PlacementConfig(2, Duration.ofMinutes(10), Duration.ofHours(13), Duration.ofHours(24));

  public PlacementConfig {
    checkRange("copies", copies, 1, 8);
    check(
        absenceBeforeRefill.isPositive(),
        "absence-before-refill",
        absenceBeforeRefill,
        "more than 0s");
    check(isWait(withdrawalWait), "withdrawal-wait", withdrawalWait, "1s to 30d");
    check(isWait(supersededKept), "superseded-kept", supersededKept, "1s to 30d");
  }

  private static boolean isWait(Duration wait) {
    return wait.toSeconds() >= 1 && wait.compareTo(MOST) <= 0;
  }
}
