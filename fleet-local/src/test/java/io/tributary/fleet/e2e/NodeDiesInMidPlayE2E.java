package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.client.Play;
import io.tributary.client.PlayEvent;
import io.tributary.client.PlayOptions;
import io.tributary.client.PlayReport;
import io.tributary.client.TributaryClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The node that serves at that instant, by the client's own word, goes away: the viewer sees
 * nothing.
 */
@ExtendWith(FleetExtension.class)
class NodeDiesInMidPlayE2E {
  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kill", "freeze"})
  void play_goes_on_without_a_freeze_and_new_rankings_lack_it(String end) throws Exception {
    String token = fleet.token("demo");
    List<PlayEvent> events = new CopyOnWriteArrayList<>();
    TributaryClient client =
        TributaryClient.builder(fleet.gateway()).bearerToken(() -> token).build();
    try (Play play =
        client.open(Fleet.DEMO_TITLE, PlayOptions.defaults().atMost(Duration.ofSeconds(45)))) {
      play.addListener(events::add);
      play.start();
      Fleet.await("5 s are played", Duration.ofSeconds(20), () -> play.position().toSeconds() >= 5);

      String dead = play.currentNode().orElseThrow();
      fleet.ok(end, dead);
      try {
        assertNobodySees(end, dead, play, events);
      } finally {
        fleet.ok(end.equals("kill") ? "start" : "thaw", dead);
      }
      Fleet.await(dead + " is named again", Duration.ofSeconds(60), () -> isNamed(dead));
    }
  }

  private static void assertNobodySees(String end, String dead, Play play, List<PlayEvent> events)
      throws InterruptedException {
    int eventsBefore = events.size();
    Fleet.await("new rankings lack " + dead, Duration.ofSeconds(15), () -> !isNamed(dead));
    PlayReport report = play.awaitEnd();

    assertThat(events.subList(eventsBefore, events.size()))
        .as("events after %s of %s", end, dead)
        .noneMatch(event -> event instanceof PlayEvent.RebufferStarted);
    assertThat(
            events.stream()
                .filter(event ->
                    event instanceof PlayEvent.NodeFailed failed && failed.nodeId().equals(dead)))
        .as("how often the dead node was asked, by sound and picture at once at most")
        .hasSizeBetween(1, 2);
    assertThat(report.error()).isNull();
    assertThat(report.playedMillis()).isGreaterThanOrEqualTo(44_000);
    assertThat(report.rebufferMillis()).hasValue(0);
    assertThat(report.failovers()).isPositive();
    assertThat(
            Fleet.elements(fleet.status().get("nodes"))
                .filter(node -> node.get("id").asString().equals(dead))
                .map(node -> node.get("state").asString()))
        .as("what the control plane says of %s", dead)
        .singleElement()
        .isIn("unhealthy", "unreachable");
  }

  private static boolean isNamed(String node) {
    return Fleet.rankedNodes(fleet.play(Fleet.DEMO_TITLE)).contains(node);
  }
}
