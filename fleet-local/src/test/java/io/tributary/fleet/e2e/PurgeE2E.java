package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A title is taken off every node, also off one that was away meanwhile. */
@ExtendWith(FleetExtension.class)
class PurgeE2E {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @AfterEach
  void lift() {
    fleet.word("admin", "purges", "lift", Fleet.DEMO_TITLE);
    Fleet.await(
        Fleet.DEMO_TITLE + " plays again",
        Duration.ofMinutes(3),
        () -> fleet.askToPlay(fleet.token("demo"), Fleet.DEMO_TITLE).statusCode() == 201);
  }

  @Test
  void a_node_that_comes_back_never_serves_what_was_purged_while_it_was_away()
      throws InterruptedException {
    JsonNode manifest = fleet.manifest(fleet.play(Fleet.DEMO_TITLE));
    String segment = Fleet.segment(manifest, 0);
    JsonNode one = manifest.get("pathways").get(0);
    JsonNode other = manifest.get("pathways").get(1);
    URI here = URI.create(one.get("baseUrl").asString() + segment);
    URI away = URI.create(other.get("baseUrl").asString() + segment);
    String present = one.get("nodeId").asString();
    String absent = other.get("nodeId").asString();
    assertThat(fleet.get(here, null).statusCode()).isEqualTo(200);
    assertThat(fleet.get(away, null).statusCode()).isEqualTo(200);
    fleet.ok("kill", absent);

    Instant commanded = Instant.now();
    fleet.ok("admin", "titles", "purge", Fleet.DEMO_TITLE);
    Fleet.await(
        present + " refuses the title", WINDOW, () -> fleet.get(here, null).statusCode() == 404);
    Duration refused = Duration.between(commanded, Instant.now());
    Fleet.await(
        "all nodes but the one that is away are without it",
        WINDOW,
        () -> left().equals(Set.of(absent)));
    Duration gone = Duration.between(commanded, Instant.now());
    assertThat(fleet.askToPlay(fleet.token("demo"), Fleet.DEMO_TITLE).statusCode())
        .as("a new play")
        .isNotEqualTo(201);

    Set<Integer> answers = new ConcurrentSkipListSet<>();
    Thread asking = Thread.ofVirtual().start(() -> askAllTheTime(away, answers));
    try {
      Instant started = Instant.now();
      fleet.ok("start", absent);
      Fleet.await("the last node is without it", WINDOW, () -> left().isEmpty());
      System.out.printf(
          "purge refused=%dms gone=%dms lastNodeAfterItsStart=%dms answersOfIt=%s%n",
          refused.toMillis(),
          gone.toMillis(),
          Duration.between(started, Instant.now()).toMillis(),
          answers);
    } finally {
      asking.interrupt();
      asking.join();
    }
    assertThat(answers).as("what the node answered since it came back").contains(404);
    assertThat(answers).doesNotContain(200, 206);
  }

  /** As fast as one client can, so that a moment in which it serves would be met. */
  private static void askAllTheTime(URI url, Set<Integer> answers) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(2)).build();
      while (!Thread.currentThread().isInterrupted()) {
        try {
          answers.add(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException notThere) {
          Thread.sleep(5);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** The nodes that the purge still waits for. */
  private static Set<String> left() {
    Set<String> left = new TreeSet<>();
    Fleet.elements(fleet.json("admin", "purges", "show", Fleet.DEMO_TITLE).get("nodes"))
        .filter(node -> !node.get("state").asString().equals("gone"))
        .forEach(node -> left.add(node.get("nodeId").asString()));
    return left;
  }
}
