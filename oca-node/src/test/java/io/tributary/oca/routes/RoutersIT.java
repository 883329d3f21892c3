package io.tributary.oca.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.node.Routes.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * An ISP's two routers, a BIRD 2 and an FRR in a network namespace of their own, tell their routes
 * to a BIRD and to an ExaBGP beside a node, and both speakers tell the node the same. Profile
 * routers.
 */
@Tag("routers")
class RoutersIT {
  private static final Path CONFIGURATIONS = Path.of("src/test/routers").toAbsolutePath();
  private static final int MAX_PREFIXES = 1_000;
  private static final Duration QUIET = Duration.ofMillis(500);

  /** A session takes some seconds to come up. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(60);

  private static final Route BY_ISP = new Route("198.51.100.0/24", List.of(64_501L), 30L);
  private static final Route BY_OTHER = new Route("198.51.100.0/24", List.of(64_501L), 10L);
  private static final Route OF_OTHER = new Route("203.0.113.0/24", List.of(64_501L), 10L);
  private static final Route V6 = new Route("2001:db8:1::/48", List.of(64_501L), 30L);
  private static final Route V6_OF_OTHER = new Route("2001:db8:2::/48", List.of(64_501L), 10L);
  private static final Route DEFAULT = new Route("0.0.0.0/0", List.of(64_501L), 30L);
  private static final Route NEIGHBOURS = new Route("192.0.2.0/24", List.of(64_501L, 65_010L), 30L);

  @TempDir private static Path folder;

  private static Process routers;
  private static RouteSpeaker bird;
  private static RouteSpeaker exaBgp;

  @BeforeAll
  static void start() throws IOException {
    routers =
        new ProcessBuilder(
                "unshare",
                "--net",
                "--pid",
                "--fork",
                "sh",
                CONFIGURATIONS.resolve("run.sh").toString(),
                CONFIGURATIONS.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    bird = new BirdSocket(folder.resolve("beside.ctl"), MAX_PREFIXES);
    exaBgp =
        new ExaBgpSocket(
            folder.resolve("oca-node.sock"),
            MAX_PREFIXES,
            QUIET,
            JsonMapper.builder().build(),
            System::nanoTime);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    exaBgp.close();
    routers.getOutputStream().close();
    assertThat(routers.waitFor(20, TimeUnit.SECONDS)).as("routers stopped").isTrue();
  }

  @Test
  void bothSpeakersFollowWhatRoutersAnnounceAndWithdraw() throws Exception {
    untilTold(BY_ISP, OF_OTHER, V6, V6_OF_OTHER, BY_OTHER);

    // Withdrawn by one router, the other's route is left; without it there is none.
    isp("disable", "ours");
    untilTold(BY_OTHER, OF_OTHER, V6, V6_OF_OTHER);
    isp("disable", "ours6");
    untilTold(BY_OTHER, OF_OTHER, V6_OF_OTHER);
    isp("enable", "ours6");
    untilTold(BY_OTHER, OF_OTHER, V6, V6_OF_OTHER);

    // What is no business of the ISP's site is told as it is; the control plane refuses it.
    isp("enable", "default_route");
    isp("enable", "neighbour");
    untilTold(BY_OTHER, OF_OTHER, V6, V6_OF_OTHER, DEFAULT, NEIGHBOURS);
    isp("disable", "default_route");
    isp("disable", "neighbour");

    // A full table is refused whole, by either speaker, and taken again when it is gone.
    isp("enable", "full_table");
    until(bird, RouteList.tooMany(MAX_PREFIXES));
    until(exaBgp, RouteList.tooMany(MAX_PREFIXES));
    isp("disable", "full_table");
    until(bird, whole(BY_OTHER, OF_OTHER, V6, V6_OF_OTHER));
  }

  private static void isp(String verb, String protocol) throws IOException, InterruptedException {
    Process birdc =
        new ProcessBuilder("birdc", "-s", folder.resolve("isp.ctl").toString(), verb, protocol)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("birdc.log").toFile())
            .start();
    assertThat(birdc.waitFor(20, TimeUnit.SECONDS)).as("birdc %s %s", verb, protocol).isTrue();
    assertThat(birdc.exitValue()).as(Files.readString(folder.resolve("birdc.log"))).isZero();
  }

  private static void untilTold(Route... routes) throws Exception {
    Reading expected = whole(routes);
    until(bird, expected);
    until(exaBgp, expected);
  }

  /** Of a prefix the best is told: equal paths, so the lower MED. */
  private static Reading whole(Route... routes) {
    RouteList list = new RouteList(MAX_PREFIXES);
    Stream.of(routes).forEach(list::add);
    return list.reading();
  }

  private static void until(RouteSpeaker speaker, Reading expected) throws Exception {
    long end = System.nanoTime() + TOLD_WITHIN.toNanos();
    Reading told = speaker.look();
    while (!told.equals(expected) && System.nanoTime() < end) {
      Thread.sleep(100);
      told = speaker.look();
    }
    assertThat(told)
        .as(
            "%s (Debian: apt-get install bird2 frr exabgp socat iproute2): %s",
            speaker.getClass().getSimpleName(), Files.readString(folder.resolve("log")))
        .isEqualTo(expected);
  }
}
