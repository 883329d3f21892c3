package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas of playback and steering: both answer, and when one dies nobody notices. */
@ExtendWith(FleetExtension.class)
class ReplicasE2E {
  /** Enough for both replicas' turns to come many times while one is dead. */
  private static final int PLAYS = 40;

  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  @ParameterizedTest
  @ValueSource(strings = {"playback-service", "steering-service"})
  void both_answer_and_nobody_notices_that_one_is_killed(String service) {
    List<String> replicas = fleet.processes(service);
    assertThat(replicas).hasSize(2);
    for (String replica : replicas) {
      assertEveryPlayStartsAfter(() -> fleet.ok("kill", replica));
      fleet.ok("start", replica);
      fleet.awaitHealthy(replica);
    }
  }

  private static void assertEveryPlayStartsAfter(Runnable fault) {
    String token = fleet.token("demo");
    fault.run();
    List<String> refusals = new ArrayList<>();
    for (int i = 0; i < PLAYS; i++) {
      var answer = fleet.askToPlay(token, Fleet.DEMO_TITLE);
      if (answer.statusCode() != 201 || Fleet.rankedNodes(Fleet.read(answer.body())).size() < 2) {
        refusals.add(answer.statusCode() + " " + answer.body());
      }
    }
    assertThat(refusals).isEmpty();
  }
}
