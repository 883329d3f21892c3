package io.tributary.playback.lastknown;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * How much this service remembers on its own disk.
 *
 * @param maxTitles how many titles are remembered, some hundred bytes each
 * @param maxManifests how many manifests are remembered, some hundred KiB each
 * @param maxAccounts how many accounts are remembered, some hundred bytes each
 * @param maxRankings how many titles' rankings are remembered, some KiB each
 * @param maxAge how long something is remembered after it was last seen; rankings only for {@code
 *     playback.plays.minimum-life}, so that no play names a node that is long gone
 * @param freshFor how long an answer of the store is used before it is asked again
 */
public record LastKnownConfig(
    int maxTitles,
    int maxManifests,
    int maxAccounts,
    int maxRankings,
    Duration maxAge,
    Duration freshFor) {
  /** The defaults of {@code playback.last-known.*}. */
  public static final LastKnownConfig DEFAULTS =
      new LastKnownConfig(
          10_000, 1_000, 100_000, 10_000, Duration.ofDays(7), Duration.ofSeconds(5));

  private static final int LEAST_KEPT = 10;
  private static final int MOST_KEPT = 1_000_000;

  public LastKnownConfig {
    checkRange("max-titles", maxTitles, LEAST_KEPT, MOST_KEPT);
    checkRange("max-manifests", maxManifests, LEAST_KEPT, MOST_KEPT);
    checkRange("max-accounts", maxAccounts, LEAST_KEPT, MOST_KEPT);
    checkRange("max-rankings", maxRankings, LEAST_KEPT, MOST_KEPT);
    check(maxAge.isPositive(), "max-age", maxAge, "more than 0s");
    check(
        !freshFor.isNegative() && freshFor.compareTo(Duration.ofMinutes(10)) <= 0,
        "fresh-for",
        freshFor,
        "0s to 10m");
  }
}
