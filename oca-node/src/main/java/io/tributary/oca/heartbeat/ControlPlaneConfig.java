package io.tributary.oca.heartbeat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The node door.
 *
 * @param urls base URLs of control planes, tried in turn
 * @param caFile PEM of the authority whose certificates they show; no other is believed
 * @param connectTimeout of one connection
 * @param requestTimeout of one call
 * @param firstRetryWait after a call to all of them failed; doubled a failure, with jitter
 * @param maxRetryWait bound of that
 * @param maxAbsence after a longer one a starting node serves nobody before it has heard which
 *     plays were revoked meanwhile
 */
public record ControlPlaneConfig(
    List<URI> urls,
    Path caFile,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration firstRetryWait,
    Duration maxRetryWait,
    Duration maxAbsence) {
  public ControlPlaneConfig {
    urls = List.copyOf(urls);
    for (URI url : urls) {
      check("https".equals(url.getScheme()) && url.getHost() != null, "urls", url, "https://host");
    }
    check(isWait(connectTimeout), "connect-timeout", connectTimeout, "1ms to 10m");
    check(isWait(requestTimeout), "request-timeout", requestTimeout, "1ms to 10m");
    check(isWait(firstRetryWait), "first-retry-wait", firstRetryWait, "1ms to 10m");
    check(isWait(maxRetryWait), "max-retry-wait", maxRetryWait, "1ms to 10m");
    check(!maxAbsence.isNegative(), "max-absence", maxAbsence, "0s or more");
  }

  private static boolean isWait(Duration duration) {
    return duration.toMillis() >= 1 && duration.compareTo(Duration.ofMinutes(10)) <= 0;
  }

  private static void check(boolean isSo, String name, Object value, String expected) {
    if (!isSo) {
      throw new IllegalArgumentException(
          "oca.control-plane." + name + " is " + value + " (expected: " + expected + ")");
    }
  }
}
