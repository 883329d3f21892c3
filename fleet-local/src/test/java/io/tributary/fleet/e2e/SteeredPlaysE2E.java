package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Players that nobody changed go where steering says, and stay where it says nothing. */
@ExtendWith(FleetExtension.class)
class SteeredPlaysE2E {
  private static final String TITLE = "steered";

  /** Longer than any of these plays and what a player loads ahead of it. */
  private static final int TITLE_SECONDS = 160;

  private static final Duration SEGMENT = Duration.ofSeconds(4);

  /** A player has a question on its way, and a segment: neither is thrown away. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /**
   * In which a browser comes up and hls.js fills its 30 s, also on a busy machine: what fails
   * before would find it loading one segment after the other, which is the easier case. It asks for
   * one each 4 s then, and nothing that a test could await tells when.
   */
  private static final Duration FILLS = Duration.ofSeconds(15);

  private static final Pattern STEERING =
      Pattern.compile("#EXT-X-CONTENT-STEERING:SERVER-URI=\"([^\"]+)\",PATHWAY-ID=\"([^\"]+)\"");

  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running, @TempDir Path folder) {
    fleet = running;
    fleet.ingest(Sources.video(fleet, folder, TITLE, "25", TITLE_SECONDS), TITLE);
  }

  @Test
  void unmodified_players_follow_two_flips_of_the_order() throws Exception {
    Steered first = begin();
    List<Viewer> viewers = new ArrayList<>();
    for (String player : List.of("hls.js", "dash.js", "shaka-hls", "shaka-dash")) {
      Steered play = alike(first);
      viewers.add(new Viewer(player, play, watch(player, play, 105, "answered")));
    }
    Thread.sleep(12_000); // the browsers come up, and play a few segments

    Instant began = Instant.now();
    Duration calm = longest(viewers);
    Instant away;
    Duration amiss;
    fleet.ok("admin", "nodes", "drain", first.node(0));
    try {
      away = awaitChange(viewers, play -> !play.priority().getFirst().equals(play.pathway(0)));
      amiss = longest(viewers);
      // Until all have followed, and were seen to stay.
      Thread.sleep(calm.plus(SEGMENT.multipliedBy(3)).toMillis());
    } finally {
      fleet.ok("admin", "nodes", "undrain", first.node(0));
    }
    Instant back = awaitChange(viewers, play -> play.priority().getFirst().equals(play.pathway(0)));

    for (Viewer viewer : viewers) {
      Steered play = viewer.play();
      JsonNode watched = viewer.watched().get();
      assertPlayedOn(watched);
      Map<String, Window> windows = new LinkedHashMap<>();
      windows.put("at first", new Window(Instant.EPOCH, began, play.host(0)));
      windows.put(
          "while it drains", new Window(away.plus(calm).plus(follows()), back, play.host(1)));
      windows.put(
          "when it is back",
          new Window(back.plus(amiss).plus(follows()), Instant.MAX, play.host(0)));
      windows.forEach((when, window) ->
          assertThat(window.hosts(watched))
              .as("%s, %s: %s", viewer.player(), when, watched)
              .isNotEmpty()
              .containsOnly(window.host()));
      assertThat(watched.get("polls").size()).as(viewer.player()).isGreaterThan(3);
    }
  }

  @Test
  void hlsJs_does_not_freeze_when_its_node_is_killed() throws Exception {
    Steered play = begin();
    CompletableFuture<JsonNode> watching = watch("hls.js", play, 50, "answered");
    Thread.sleep(FILLS.toMillis());

    fleet.ok("kill", play.node(0));
    try {
      assertPlayedOn(watching.get());
    } finally {
      fleet.ok("start", play.node(0));
      fleet.awaitHealthy(play.node(0));
    }
  }

  /** Half a segment is what it has then, of most nodes that hang: it waits for the other half. */
  @Test
  void hlsJs_does_not_freeze_when_its_node_hangs_in_mid_segment() throws Exception {
    Steered play = begin();
    CompletableFuture<JsonNode> watching = watch("hls.js", play, 55, "answered");
    Thread.sleep(FILLS.toMillis());

    // A segment of 4 s takes 3 s now; what a node has sent before it hangs would come at once.
    fleet.ok("fault", play.node(0), "--rate=1000000");
    try {
      Thread.sleep(5_000); // the segment that is on its way now was asked for at that rate
      fleet.ok("fault", play.node(0), "--blackhole");
      fleet.ok("freeze", play.node(0));

      assertPlayedOn(watching.get());
    } finally {
      fleet.ok("thaw", play.node(0));
      fleet.ok("fault", play.node(0), "--off");
      fleet.awaitHealthy(play.node(0));
    }
  }

  @Test
  void players_play_on_whatever_becomes_of_steering() throws Exception {
    List<CompletableFuture<JsonNode>> watching = new ArrayList<>();
    for (String steering : List.of("410", "busy", "slow")) {
      for (String player : List.of("hls.js", "dash.js")) {
        watching.add(watch(player, begin(), 22, steering));
      }
    }

    for (CompletableFuture<JsonNode> one : watching) {
      assertPlayedOn(one.get());
    }
  }

  /** It is, in a fifth of its starts, where steering's first answer begins with another pathway. */
  @Test
  void hlsJs_starts_fifty_times_and_is_never_stuck() {
    List<String> arguments = new ArrayList<>(List.of("hls.js", "50"));
    for (int plays = 0; plays < 5; plays++) {
      arguments.add(begin().manifest(true));
    }

    JsonNode started = fleet.browser("start-often.mjs", arguments.toArray(String[]::new));

    assertThat(started.get("stuck")).as(started.toString()).isEmpty();
    assertThat(started.get("millis")).hasSize(50);
  }

  @Test
  void curl_is_sent_to_the_best_node_and_gets_the_segments() {
    Steered play = begin();
    URI redirected = URI.create(play.playback().get("manifests").get("redirected").asString());
    String variant =
        fleet
            .get(redirected, null)
            .body()
            .lines()
            .filter(line -> line.endsWith(".m3u8"))
            .findFirst()
            .orElseThrow();
    URI segment =
        URI.create(
            fleet
                .get(redirected.resolve(variant), null)
                .body()
                .lines()
                .filter(line -> line.endsWith(".m4s"))
                .findFirst()
                .orElseThrow());

    String got =
        Fleet.run(
            Path.of("."),
            Duration.ofSeconds(20),
            List.of(
                "curl",
                "-sSfL",
                "-o",
                "/dev/null",
                "-w",
                "%{num_redirects} %{http_code} %{url_effective} %{size_download}",
                segment.toString()));

    assertThat(got).startsWith("1 200 " + play.base(0));
    assertThat(Long.parseLong(got.substring(got.lastIndexOf(' ') + 1).strip())).isPositive();
  }

  /**
   * A play that can be sent elsewhere: a node that was just started is healthy some seconds before
   * steering names it, and a play never learns of a node that its manifest does not list.
   */
  private static Steered begin() {
    AtomicReference<Steered> begun = new AtomicReference<>();
    Fleet.await(
        "a play has two nodes to go to",
        Duration.ofSeconds(30),
        () -> {
          begun.set(new Steered(fleet.play(TITLE)));
          return Fleet.rankedNodes(begun.get().playback()).size() > 1;
        });
    return begun.get();
  }

  private static Duration follows() {
    return SEGMENT.multipliedBy(2).plus(SLACK);
  }

  private static CompletableFuture<JsonNode> watch(
      String player, Steered play, int seconds, String steering) {
    String manifest = play.manifest(player.equals("hls.js") || player.endsWith("-hls"));
    // A thread each: the common pool of two cores would run one browser after the other.
    return CompletableFuture.supplyAsync(
        () ->
            fleet.browser(
                "play-steered.mjs", player, manifest, Integer.toString(seconds), steering),
        task -> Thread.ofVirtual().start(task));
  }

  private static void assertPlayedOn(JsonNode watched) {
    assertThat(Fleet.elements(watched.get("errors")).map(JsonNode::asString))
        .as(watched.toString())
        // dash.js tells of steering that did not answer, and plays on.
        .allMatch(error -> error.contains("/steering/v1/dash/") && error.endsWith("not available"));
    assertThat(watched.get("stalls")).as(watched.toString()).isEmpty();
    assertThat(watched.get("currentTime").asDouble()).as(watched.toString()).isGreaterThan(20);
  }

  /**
   * Another play with the same first node. What was just reserved of it sends the next play
   * elsewhere, for some seconds.
   */
  private static Steered alike(Steered first) throws InterruptedException {
    for (int tries = 0; tries < 10; tries++) {
      Thread.sleep(4_000);
      Steered play = begin();
      if (play.node(0).equals(first.node(0))) {
        return play;
      }
    }
    throw new AssertionError("no other play begins at " + first.node(0));
  }

  /** When steering says so to all of them. */
  private static Instant awaitChange(List<Viewer> viewers, Predicate<Steered> change) {
    Fleet.await(
        "steering says the change",
        Duration.ofSeconds(30),
        () -> viewers.stream().map(Viewer::play).allMatch(change));
    return Instant.now();
  }

  private static Duration longest(List<Viewer> viewers) {
    return viewers.stream()
        .map(viewer -> viewer.play().ttl())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private record Viewer(String player, Steered play, CompletableFuture<JsonNode> watched) {}

  /** From when to when a player fetches from one host alone. */
  private record Window(Instant from, Instant to, String host) {
    List<String> hosts(JsonNode watched) {
      return Fleet.elements(watched.get("segments"))
          .filter(segment -> {
            Instant at = Instant.ofEpochMilli(segment.get("at").asLong());
            return at.isAfter(from) && at.isBefore(to);
          })
          .map(segment -> segment.get("host").asString())
          .toList();
    }
  }

  /** A play and what its manifest says of steering. */
  private record Steered(JsonNode playback) {
    String manifest(boolean isHls) {
      return playback.get("manifests").get(isHls ? "hls" : "dash").asString();
    }

    String node(int stop) {
      return playback.get("ranking").get(stop).get("nodeId").asString();
    }

    String pathway(int stop) {
      return playback.get("ranking").get(stop).get("pathwayId").asString();
    }

    String base(int stop) {
      return playback.get("ranking").get(stop).get("baseUrl").asString();
    }

    String host(int stop) {
      return URI.create(base(stop)).getAuthority();
    }

    List<String> priority() {
      return Fleet.elements(document().get("PATHWAY-PRIORITY")).map(JsonNode::asString).toList();
    }

    Duration ttl() {
      return Duration.ofSeconds(document().get("TTL").asLong());
    }

    private JsonNode document() {
      Matcher named = STEERING.matcher(fleet.get(URI.create(manifest(true)), null).body());
      assertThat(named.find()).isTrue();
      assertThat(named.group(2)).isEqualTo(pathway(0));
      return Fleet.read(fleet.get(URI.create(named.group(1)), null).body());
    }
  }
}
