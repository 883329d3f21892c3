package io.tributary.oca.routes;

import static io.tributary.settings.SettingCheck.check;
import static io.tributary.settings.SettingCheck.checkRange;

import io.tributary.contracts.node.Routes;
import java.time.Duration;

/**
 * Where the node learns which prefixes its site reaches.
 *
 * @param source {@code none}, {@code csv}, {@code bird} or {@code exabgp}
 * @param path of the CSV file, of BIRD's control socket, or of the socket that this node makes for
 *     ExaBGP's process
 * @param maxPrefixes over so many the feed is refused whole, and the last good one goes on
 * @param lookEvery how often the file or BIRD is read, and how long ExaBGP must have been silent
 *     before its news is told
 * @param hold how long routes go on while their speaker cannot be reached, or after the start until
 *     it was
 */
public record RouteFeedConfig(
    Source source, String path, int maxPrefixes, Duration lookEvery, Duration hold) {
  /** What a control plane takes from a node. */
  private static final int MOST_PREFIXES = Routes.MAX_PREFIXES_A_PAGE * Routes.MAX_PAGES;

  /** Who tells of routes. */
  public enum Source {
    /** Nobody. */
    NONE,
    /** A file that somebody keeps. */
    CSV,
    /** BIRD's control socket. */
    BIRD,
    /** ExaBGP's process API. */
    EXABGP
  }

  public RouteFeedConfig {
    check(
        source == Source.NONE || !path.isEmpty(), "path", "empty", "a path, as there is a source");
    checkRange("max-prefixes", maxPrefixes, 1, MOST_PREFIXES);
    check(isWithin(lookEvery, Duration.ofMinutes(1)), "look-every", lookEvery, "100ms to 1m");
    check(isWithin(hold, Duration.ofHours(24)), "hold", hold, "100ms to 24h");
  }

  private static boolean isWithin(Duration duration, Duration most) {
    return duration.toMillis() >= 100 && duration.compareTo(most) <= 0;
  }
}
