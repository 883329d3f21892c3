package io.tributary.playback.plays;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * How plays are granted.
 *
 * @param maxNodes how many nodes a play names at most
 * @param minimumLife how long manifests and media tokens live at least; a long title's three times
 *     its length
 * @param renewAfter when a client is told to renew its play
 * @param staleAfter the age of steering's snapshot beyond which an answer says that it is stale
 */
public record PlayRules(
    int maxNodes, Duration minimumLife, Duration renewAfter, Duration staleAfter) {
  /** The defaults of {@code playback.plays.*}. */
  public static final PlayRules DEFAULTS =
      new PlayRules(6, Duration.ofHours(12), Duration.ofMinutes(5), Duration.ofSeconds(30));

  /** Players that cannot renew may pause as long as the title is, twice. */
  private static final int LIVES_OF_A_TITLE = 3;

  public PlayRules {
    checkRange("max-nodes", maxNodes, 1, 8);
    check(
        minimumLife.compareTo(Duration.ofMinutes(1)) >= 0
            && minimumLife.compareTo(Duration.ofDays(7)) <= 0,
        "minimum-life",
        minimumLife,
        "1m to 7d");
    check(
        renewAfter.compareTo(Duration.ofSeconds(10)) >= 0 && renewAfter.compareTo(minimumLife) <= 0,
        "renew-after",
        renewAfter,
        "10s to minimum-life");
    check(staleAfter.isPositive(), "stale-after", staleAfter, "more than 0s");
  }

  /** How long a play of a title this long may last. */
  public Duration life(long durationMillis) {
    Duration forTitle = Duration.ofMillis(durationMillis).multipliedBy(LIVES_OF_A_TITLE);
    return forTitle.compareTo(minimumLife) > 0 ? forTitle : minimumLife;
  }
}
