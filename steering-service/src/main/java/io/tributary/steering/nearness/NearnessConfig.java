package io.tributary.steering.nearness;

import static io.tributary.settings.SettingCheck.check;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where the operator says which sites are near whom. Files may be replaced at any time.
 *
 * @param routeFiles the operator's lists of which prefixes a site serves, a line is {@code
 *     prefix,site[,preference]}
 * @param coverageZoneFile a coverage zone file of Apache Traffic Control; empty: none
 * @param tableDumps tables that routers dumped, in MRT (RFC 6396); they need {@code peer-file}
 * @param peerFile a list of the sites at which the dumps' peers stand, a line is {@code
 *     address,asn,site[,preference]}; empty: none
 * @param geographyFile a database in MaxMind's format, with coordinates of addresses; empty: none
 * @param defaultSite the site for clients of whom nothing is known; empty: none
 * @param lookInterval how often the files are looked at for changes
 */
public record NearnessConfig(
    List<Path> routeFiles,
    String coverageZoneFile,
    List<Path> tableDumps,
    String peerFile,
    String geographyFile,
    String defaultSite,
    Duration lookInterval) {
  private static final int MAX_FILES = 64;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** What holds where no setting says otherwise. */
  public static final NearnessConfig DEFAULTS =
      new NearnessConfig(List.of(), "", List.of(), "", "", "", Duration.ofSeconds(10));

  public NearnessConfig {
    routeFiles = List.copyOf(routeFiles);
    tableDumps = List.copyOf(tableDumps);
    check(routeFiles.size() <= MAX_FILES, "route-files", routeFiles.size() + " files", "64 files");
    check(tableDumps.size() <= MAX_FILES, "table-dumps", tableDumps.size() + " files", "64 files");
    check(
        tableDumps.isEmpty() || !peerFile.isEmpty(),
        "peer-file",
        "empty",
        "a file, since table-dumps has some");
    check(
        lookInterval.compareTo(SHORTEST) >= 0 && lookInterval.compareTo(LONGEST) <= 0,
        "look-interval",
        lookInterval,
        "1s to 1h");
  }
}
