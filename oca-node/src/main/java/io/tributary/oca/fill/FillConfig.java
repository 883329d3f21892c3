package io.tributary.oca.fill;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import java.time.Duration;

/**
 * How packages are fetched.
 *
 * @param parallelFiles how many files are fetched at once: one would be bound by latency, many
 *     would crowd out viewers
 * @param attempts how many rounds over a file's sources before its package waits; sources are asked
 *     anew in each, since their URLs end
 * @param firstRetryWait the wait before the second round; doubled for each further one, with jitter
 * @param maxRetryWait the longest that {@code oca.fill.first-retry-wait} grows to, and the wait
 *     before a package that failed is tried again
 * @param connectTimeout how long one connection to a source may take
 * @param stallTimeout how long a source's headers may take, and each 64 KiB of a file; one that
 *     takes longer is left
 * @param lookEvery how often the plan is compared with the store when nothing has changed: for
 *     deletions that are due and packages that wait
 */
public record FillConfig(
    int parallelFiles,
    int attempts,
    Duration firstRetryWait,
    Duration maxRetryWait,
    Duration connectTimeout,
    Duration stallTimeout,
    Duration lookEvery) {
  public FillConfig {
    checkRange("parallel-files", parallelFiles, 1, 64);
    checkRange("attempts", attempts, 1, 10);
    check(isWait(firstRetryWait), "first-retry-wait", firstRetryWait, "1ms to 10m");
    check(isWait(maxRetryWait), "max-retry-wait", maxRetryWait, "1ms to 10m");
    check(isWait(connectTimeout), "connect-timeout", connectTimeout, "1ms to 10m");
    check(isWait(stallTimeout), "stall-timeout", stallTimeout, "1ms to 10m");
    check(isWait(lookEvery), "look-every", lookEvery, "1ms to 10m");
  }

  private static boolean isWait(Duration duration) {
    return duration.toMillis() >= 1 && duration.compareTo(Duration.ofMinutes(10)) <= 0;
  }
}
