package io.tributary.benchmarks.steering;

import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.Grants;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.NetworkGrant;
import io.tributary.steering.location.RouteIntake;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSink;
import io.tributary.steering.location.SetAsideReason;
import io.tributary.steering.location.SitePlace;
import io.tributary.steering.location.Sites;
import io.tributary.steering.location.source.MrtFile;
import io.tributary.steering.location.source.PeerSites;
import io.tributary.steering.location.source.SourceReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The routes that are measured: {@code synthetic}, or those of an MRT file, spread over 200 sites.
 * Remembers the prefixes, so that addresses in them can be asked for. For one thread.
 */
final class BenchmarkRoutes implements RouteSink {
  static final String SYNTHETIC = "synthetic";
  private static final int SITES = 200;

  private final RouteIntake intake = new RouteIntake(sites(), everything());
  final List<IpPrefix> prefixes = new ArrayList<>();

  /** Gathers. */
  static BenchmarkRoutes of(String routes) throws IOException {
    BenchmarkRoutes gathered = new BenchmarkRoutes();
    if (routes.equals(SYNTHETIC)) {
      SyntheticInternet.announceTo(gathered);
      return gathered;
    }
    try (InputStream file = Files.newInputStream(Path.of(routes))) {
      SourceReport report = new MrtFile(allPeers(), gathered).read(routes, file);
      if (report.problem().isPresent()) {
        throw new IOException(routes + " " + report.problem().get());
      }
    }
    return gathered;
  }

  RouteIntake intake() {
    return intake;
  }

  /** On all continents. */
  static Sites sites() {
    return new Sites(
        IntStream.range(0, SITES)
            .mapToObj(i ->
                new SitePlace(
                    "site-" + i, "isp", new Coordinates(i * 37 % 120 - 50, i * 101 % 360 - 180)))
            .toList());
  }

  @Override
  public @Nullable SetAsideReason said(IpPrefix prefix, RouteOrigin origin) {
    return intake.said(prefix, origin);
  }

  /** At a site that the prefix chooses. */
  @Override
  public @Nullable SetAsideReason announced(IpPrefix prefix, RouteOrigin origin, long originAsn) {
    prefixes.add(prefix);
    int site =
        Math.floorMod(Long.hashCode(prefix.high()) * 31 + (int) origin.neighbourAsn(), SITES);
    RouteOrigin moved =
        new RouteOrigin(
            "site-" + site,
            origin.preference(),
            origin.asPathLength(),
            origin.neighbourAsn(),
            origin.med(),
            origin.source());
    return intake.announced(prefix, moved, originAsn);
  }

  private static Grants everything() {
    return new Grants(
        List.of(
            new NetworkGrant(
                "isp", Set.of(IpPrefix.parse("0.0.0.0/0"), IpPrefix.parse("::/0")), Set.of())));
  }

  private static PeerSites allPeers() {
    String list =
        IntStream.range(1, 65_536)
            .mapToObj(asn -> "," + asn + ",site-0")
            .collect(Collectors.joining("\n"));
    return PeerSites.read("peers", new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)))
        .peers();
  }
}
