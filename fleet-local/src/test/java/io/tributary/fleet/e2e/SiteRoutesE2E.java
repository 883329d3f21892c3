package io.tributary.fleet.e2e;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a node hears of its site's router moves decisions, as far as it was granted. */
@ExtendWith(FleetExtension.class)
class SiteRoutesE2E {
  /** The one node of its site. */
  private static final String NODE = "oca-node-2";

  private static final String CLIENT = "203.0.113.7";
  private static final String V6_CLIENT = "2001:db8:1::7";
  private static final String NOWHERE = "tier 0: any other site";

  /** By docs/operations.md a heartbeat's interval, which is a second here, and five. */
  private static final Duration REACHES_STEERING_WITHIN = Duration.ofSeconds(6);

  /** And before that, a session of BGP comes up. */
  private static final Duration ROUTERS_AGREE_WITHIN = Duration.ofSeconds(60);

  private static Fleet fleet;

  private Path folder;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @BeforeEach
  void grant() throws IOException {
    folder = Files.createDirectory(fleet.host().data(NODE).resolve("routes"));
    fleet.ok(
        "admin",
        "networks",
        "put",
        "local",
        "--name",
        "This machine",
        "--prefix",
        "203.0.113.0/24",
        "--prefix",
        "2001:db8:1::/48");
  }

  @AfterEach
  void leaveNothing() throws IOException {
    fleet.ok("kill", NODE);
    fleet.ok("admin", "networks", "put", "local", "--name", "This machine");
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    fleet.restore();
  }

  @Test
  void a_granted_route_counts_until_it_is_withdrawn_and_no_other_does() throws IOException {
    fleet.host().startWithRoutes(NODE, "csv", "routes/routes.csv");
    Fleet.await(
        NODE + " is named again",
        Duration.ofSeconds(60),
        () -> Fleet.rankedNodes(fleet.play(Fleet.DEMO_TITLE)).contains(NODE));

    tell("203.0.113.0/24,20,64500 64501", "9.9.9.0/24,,64500", "0.0.0.0/0,,64500");
    awaitNearest(
        CLIENT,
        "tier 0: prefix 203.0.113.0/24 of site-b (node, preference 100, 2 networks away by AS64500, MED 20)",
        REACHES_STEERING_WITHIN);
    assertThat(whatIf(CLIENT).get("order").get(0).asString()).isEqualTo(NODE);
    assertThat(shown())
        .contains(
            NODE + " 203.0.113.0/24 accepted 20 64500 64501 -",
            refused("9.9.9.0/24", "neither it nor its origin AS64500 is granted to network local"),
            refused("0.0.0.0/0", "it is the default route"));

    tell("9.9.9.0/24,,64500");
    awaitNearest(CLIENT, NOWHERE, REACHES_STEERING_WITHIN);
  }

  /** A BIRD 2 and an FRR announce, a BIRD 2 beside the node hears them. */
  @Test
  @Tag("routers")
  void what_real_routers_announce_and_withdraw_is_what_is_explained() throws Exception {
    Process routers = startRouters();
    try {
      fleet.host().startWithRoutes(NODE, "bird", "routes/beside.ctl");
      String byOther =
          "tier 0: prefix 203.0.113.0/24 of site-b (node, preference 100, 1 networks away by AS64501, MED 10)";
      awaitNearest(CLIENT, byOther, ROUTERS_AGREE_WITHIN);
      awaitNearest(
          V6_CLIENT,
          "tier 0: prefix 2001:db8:1::/48 of site-b (node, preference 100, 1 networks away by AS64501, MED 30)",
          ROUTERS_AGREE_WITHIN);

      isp("enable", "default_route");
      isp("enable", "neighbour");
      isp("enable", "full_table");
      awaitShown(refused("0.0.0.0/0", "it is the default route"));
      awaitShown(refused("192.0.2.0/24", "it lies in 192.0.2.0/24, which is for documentation"));
      awaitShown(
          refused("20.0.0.0/24", "neither it nor its origin AS64501 is granted to network local"));
      awaitNearest(CLIENT, byOther, REACHES_STEERING_WITHIN);
      awaitNearest("20.0.0.7", NOWHERE, REACHES_STEERING_WITHIN);

      isp("disable", "ours6");
      awaitNearest(V6_CLIENT, NOWHERE, REACHES_STEERING_WITHIN);
    } finally {
      routers.getOutputStream().close();
      assertThat(routers.waitFor(20, TimeUnit.SECONDS)).as("routers stopped").isTrue();
    }
  }

  private Process startRouters() throws IOException {
    Path configurations = Fleet.repositoryRoot().resolve("oca-node/src/test/routers");
    return new ProcessBuilder(
            "unshare",
            "--net",
            "--pid",
            "--fork",
            "sh",
            configurations.resolve("run.sh").toString(),
            configurations.toString())
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private void isp(String verb, String protocol) {
    Fleet.run(
        folder,
        Duration.ofSeconds(20),
        List.of("birdc", "-s", folder.resolve("isp.ctl").toString(), verb, protocol));
  }

  /** Never half a file. */
  private void tell(String... lines) throws IOException {
    Path next = folder.resolve("routes.next");
    Files.write(next, List.of(lines));
    Files.move(next, folder.resolve("routes.csv"), ATOMIC_MOVE);
  }

  /** By both replicas of steering, whose turns come one after the other. */
  private static void awaitNearest(String client, String words, Duration bound) {
    Fleet.await(
        "steering says of " + client + ": " + words,
        bound,
        () -> IntStream.range(0, 2).allMatch(turn -> isNearest(client, words)));
  }

  private static boolean isNearest(String client, String words) {
    return whatIf(client).get("location").get(0).asString().equals(words);
  }

  private static JsonNode whatIf(String client) {
    return fleet.json("admin", "decisions", "what-if", fleet.demoPackage(), "--address", client);
  }

  private static void awaitShown(String line) {
    Fleet.await("routes show says: " + line, ROUTERS_AGREE_WITHIN, () -> shown().contains(line));
  }

  /** Lines for people, without what lines them up and without what was expected. */
  private static List<String> shown() {
    return fleet
        .ok("admin", "routes", "show", "site-b")
        .out()
        .lines()
        .map(line -> line.replaceAll(" +", " ").replaceAll(" \\(expected: .*\\)$", ""))
        .toList();
  }

  private static String refused(String prefix, String reason) {
    return NODE + " " + prefix + " refused - - " + reason;
  }
}
