package io.tributary.playback.lastknown;

import java.time.Duration;

/**
 * How much this service remembers on its own disk.
 *
 * @param maxTitles some hundred bytes each
 * @param maxManifests some hundred KiB each
 * @param maxAccounts some hundred bytes each
 * @param maxRankings some KiB each
 * @param maxAge since something was last seen; rankings are kept for a play's minimum life
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

  public LastKnownConfig {
    checkCount(maxTitles, "max-titles");
    checkCount(maxManifests, "max-manifests");
    checkCount(maxAccounts, "max-accounts");
    checkCount(maxRankings, "max-rankings");
    if (!maxAge.isPositive()) {
      throw new IllegalArgumentException("max-age is " + maxAge + " (expected: more than 0s)");
    }
    if (freshFor.isNegative() || freshFor.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException("fresh-for is " + freshFor + " (expected: 0s to 10m)");
    }
  }

  private static void checkCount(int count, String name) {
    if (count < 10 || count > 1_000_000) {
      throw new IllegalArgumentException(name + " is " + count + " (expected: 10 to 1000000)");
    }
  }
}
