package io.tributary.steering.external;

import static io.tributary.settings.SettingCheck.check;

import io.tributary.contracts.media.PackageRef;
import java.time.Duration;

/**
 * An external CDN, for plays that no own node has room for.
 *
 * @param baseUrl the external CDN's URL up to {@code /t/<media token>/<package>/<file>}, for plays
 *     that no own node has room for; empty: none
 * @param nodeId the external CDN's name in rankings, manifests and decision records; no node may
 *     have it, and another CDN gets another one
 * @param maxBitsPerSecond what plays that one replica sent to the external CDN may take together,
 *     in bits a second; each replica has as much
 * @param playLength for how long a play counts against that cap: the mean time that viewers stay,
 *     since nobody tells when they leave
 */
public record ExternalCdnConfig(
    String baseUrl, String nodeId, long maxBitsPerSecond, Duration playLength) {
  private static final String BASE_URL = "https?://[^/?#@\\s]+(/[^/?#\\s]+)*";

  /** More than any network carries. */
  private static final long MOST_BITS_PER_SECOND = 1_000_000_000_000_000L;

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** No such CDN: what {@code application.yml} says. */
  public static final ExternalCdnConfig NONE =
      new ExternalCdnConfig("", "external", 0, Duration.ofHours(1));

  public ExternalCdnConfig {
    check(
        baseUrl.isEmpty() || baseUrl.matches(BASE_URL),
        "base-url",
        baseUrl,
        "http(s)://host:port/path without a slash at its end, or nothing");
    check(nodeId.matches(PackageRef.ID_PATTERN), "node-id", nodeId, PackageRef.ID_PATTERN);
    check(
        maxBitsPerSecond >= 0 && maxBitsPerSecond <= MOST_BITS_PER_SECOND,
        "max-bits-per-second",
        maxBitsPerSecond,
        "0 to " + MOST_BITS_PER_SECOND);
    check(
        baseUrl.isEmpty() || maxBitsPerSecond > 0,
        "max-bits-per-second",
        maxBitsPerSecond,
        "1 or more, since base-url is set");
    check(
        playLength.compareTo(SHORTEST) >= 0 && playLength.compareTo(LONGEST) <= 0,
        "play-length",
        playLength,
        "1m to 24h");
  }
}
