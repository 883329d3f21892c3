package io.tributary.steering.location.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSource;
import io.tributary.steering.location.SetAsideReason;
import io.tributary.steering.location.source.RecordedRoutes.Told;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads what an independent writer dumped: three routers of BIRD 2 in a network namespace of their
 * own tell each other routes and one dumps its tables. Profile bird.
 */
@Tag("bird")
class BirdIT {
  private static final Path CONFIGURATIONS = Path.of("src/test/bird").toAbsolutePath();
  private static final String PEERS =
      """
      address,asn,site
      10.99.0.2,64501,west
      fd99::3,4200000001,east
      """;

  private static final RouteOrigin EAST = origin("east", 1, 4_200_000_001L, 0);
  private static final RouteOrigin WEST = origin("west", 1, 64_501, 0);
  private static final RouteOrigin CUSTOMER = origin("west", 3, 64_501, 30);

  @TempDir private static Path dumps;

  private final RecordedRoutes routes = new RecordedRoutes();

  @BeforeAll
  static void letThemDump() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("unshare", "--net"));
    if (!"root".equals(System.getProperty("user.name"))) {
      command.add("--map-root-user");
    }
    command.addAll(
        List.of("sh", CONFIGURATIONS.resolve("dump.sh").toString(), CONFIGURATIONS.toString()));
    Path log = dumps.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(dumps.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean isDone = process.waitFor(90, TimeUnit.SECONDS);
    if (!isDone) {
      process.destroy();
    }
    assertThat(isDone && process.exitValue() == 0)
        .as("routers dumped (Debian: apt-get install bird2 iproute2): %s", Files.readString(log))
        .isTrue();
  }

  @Test
  void ipv4RoutesAreReadRight() throws IOException {
    assertEquals(Optional.empty(), read("v4.mrt").problem());
    assertThat(routes.told)
        .containsExactlyInAnyOrder(
            told("0.0.0.0/0", WEST, 64_501),
            told("198.51.100.0/24", CUSTOMER, 65_010),
            told("198.51.100.0/24", EAST, 4_200_000_001L),
            told("203.0.113.0/25", WEST, 64_501));
  }

  @Test
  void ipv6RoutesAreReadRight() throws IOException {
    assertEquals(Optional.empty(), read("v6.mrt").problem());
    assertThat(routes.told)
        .containsExactlyInAnyOrder(
            told("2001:db8:1::/48", WEST, 64_501),
            told("2001:db8:1::/48", EAST, 4_200_000_001L),
            told("2001:db8:2::1/128", EAST, 4_200_000_001L));
  }

  /** Dumped each second into one file, one table after another. */
  @Test
  void routesWithPathIdsAreReadRight() throws IOException {
    SourceReport report = read("with-path-ids.mrt");

    assertEquals(Map.<SetAsideReason, Long>of(), report.setAside());
    assertEquals(Optional.empty(), report.problem());
    assertThat(Set.copyOf(routes.told))
        .containsExactlyInAnyOrder(
            told("0.0.0.0/0", WEST, 64_501),
            told("198.51.100.0/24", CUSTOMER, 65_010),
            told("198.51.100.0/24", EAST, 4_200_000_001L),
            told("203.0.113.0/25", WEST, 64_501));
  }

  private SourceReport read(String dump) throws IOException {
    PeerSites peers =
        PeerSites.read("peers", new ByteArrayInputStream(PEERS.getBytes(UTF_8))).peers();
    try (InputStream source = Files.newInputStream(dumps.resolve(dump))) {
      return new MrtFile(peers, routes).read(dump, source);
    }
  }

  private static RouteOrigin origin(String site, int pathLength, long neighbour, long med) {
    return new RouteOrigin(site, 100, pathLength, neighbour, med, RouteSource.MRT);
  }

  private static Told told(String prefix, RouteOrigin origin, long originAsn) {
    return new Told(IpPrefix.parse(prefix), origin, originAsn);
  }
}
