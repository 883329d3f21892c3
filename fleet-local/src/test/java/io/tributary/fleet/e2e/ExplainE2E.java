package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** An operator asks why a play goes where it goes. */
@ExtendWith(FleetExtension.class)
class ExplainE2E {
  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @Test
  void a_plays_decision_is_explained_from_its_record() {
    assertExplained(fleet);
  }

  @Test
  void what_would_be_decided_is_what_is_decided() {
    JsonNode record =
        fleet.json("admin", "decisions", "what-if", fleet.demoPackage(), "--address", "127.0.0.1");

    assertThat(record.get("clientAddress").asString()).isEqualTo("127.0.0.0/24");
    assertThat(record.get("order").size()).isGreaterThanOrEqualTo(2);
    assertThat(record.get("location").get(0).asString()).startsWith("tier 0: ");
  }

  /** Of a new play, in whatever fleet. */
  static void assertExplained(Fleet fleet) {
    JsonNode playback = fleet.play(Fleet.DEMO_TITLE);
    String decisionId = playback.get("decisionId").asString();
    // Records are written behind the answer.
    Fleet.await(
        "the record of " + decisionId + " is kept",
        Duration.ofSeconds(20),
        () -> fleet.word("admin", "decisions", "explain", decisionId).exit() == 0);

    JsonNode explained = fleet.json("admin", "decisions", "explain", decisionId);

    assertThat(explained.get("recomputed").asString()).isEqualTo("same");
    assertThat(
            Fleet.elements(explained.get("record").get("order")).map(JsonNode::asString).toList())
        .startsWith(Fleet.rankedNodes(playback).getFirst());
  }
}
