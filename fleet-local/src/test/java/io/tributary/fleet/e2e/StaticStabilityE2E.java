package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is known goes on when what it was learnt from is gone. */
@ExtendWith(FleetExtension.class)
class StaticStabilityE2E {
  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @Test
  void a_known_title_starts_for_a_known_account_with_the_stores_and_the_control_plane_dead() {
    String token = fleet.token("demo");
    // One replica has then seen the account; the gateway finds it when the other is asked.
    fleet.play(Fleet.DEMO_TITLE);

    for (String service : new String[] {"oca-control-plane", "cassandra", "kafka"}) {
      fleet.processes(service).forEach(name -> fleet.ok("kill", name));
    }
    for (String service : new String[] {"playback-service", "steering-service"}) {
      fleet.processes(service).forEach(name -> fleet.ok("kill", name));
      fleet.processes(service).forEach(name -> fleet.ok("start", name));
    }

    Fleet.await(
        "a play starts",
        Duration.ofSeconds(60),
        () -> fleet.askToPlay(token, Fleet.DEMO_TITLE).statusCode() == 201);
    HttpResponse<String> answer = fleet.askToPlay(token, Fleet.DEMO_TITLE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode playback = Fleet.read(answer.body());
    assertThat(playback.get("stale").asBoolean()).as(answer.body()).isTrue();
    assertThat(playback.get("ranking").size()).isGreaterThanOrEqualTo(2);
    JsonNode report = fleet.json("play", Fleet.DEMO_TITLE, "--for", "12");
    assertThat(report.get("error").isNull()).as(report.toString()).isTrue();
    assertThat(report.get("playedMillis").asLong()).isGreaterThanOrEqualTo(11_000);
    assertThat(report.get("rebufferMillis").asLong()).isZero();
  }
}
