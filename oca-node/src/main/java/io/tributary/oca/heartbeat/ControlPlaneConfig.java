package io.tributary.oca.heartbeat;

import static io.tributary.settings.SettingCheck.check;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The node door.
 *
 * @param urls base URLs of the node door, tried in turn
 * @param caFile the file of the authority's certificate in PEM: the node door's must be signed by
 *     it, no other is believed
 * @param connectTimeout how long one connection to the node door may take
 * @param requestTimeout how long one call of the node door may take
 * @param firstRetryWait the wait after a call to all of them failed; doubled a failure, with jitter
 * @param maxRetryWait the longest that {@code oca.control-plane.first-retry-wait} grows to
 * @param maxAbsence the absence of the control plane after which a starting node serves nobody
 *     before it has heard which plays were revoked and which titles purged meanwhile. After a
 *     shorter one it waits ten seconds for that
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
    check(
        !urls.isEmpty() && urls.stream().allMatch(ControlPlaneConfig::isBaseUrl),
        "urls",
        urls,
        "https://host:port");
    check(caFile != null, "ca-file", "missing", "a file");
    check(isWait(connectTimeout), "connect-timeout", connectTimeout, "1ms to 10m");
    check(isWait(requestTimeout), "request-timeout", requestTimeout, "1ms to 10m");
    check(isWait(firstRetryWait), "first-retry-wait", firstRetryWait, "1ms to 10m");
    check(isWait(maxRetryWait), "max-retry-wait", maxRetryWait, "1ms to 10m");
    check(!maxAbsence.isNegative(), "max-absence", maxAbsence, "0s or more");
  }

  private static boolean isBaseUrl(URI url) {
    return "https".equals(url.getScheme()) && url.getHost() != null;
  }

  private static boolean isWait(Duration duration) {
    return duration.toMillis() >= 1 && duration.compareTo(Duration.ofMinutes(10)) <= 0;
  }
}
