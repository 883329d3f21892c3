package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.client.Play;
import io.tributary.client.PlayOptions;
import io.tributary.client.PlayReport;
import io.tributary.client.TributaryClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas of playback and steering: both answer, and when one dies nobody notices. */
@ExtendWith(FleetExtension.class)
class ReplicasE2E {
  private static final Duration IN_TIME = Duration.ofSeconds(60);

  /** Plays before and after the death: enough for both replicas' turns to come many times. */
  private static final int PLAYS = 40;

  private static Fleet fleet;

  @BeforeAll
  static void useTheFleet(Fleet running) {
    fleet = running;
  }

  /** Each dies in turn while the other one answers, with requests on their way to both. */
  @ParameterizedTest
  @ValueSource(strings = {"playback-service", "steering-service"})
  void both_answer_and_nobody_notices_that_one_is_killed(String service) {
    List<String> replicas = fleet.processes(service);
    assertThat(replicas).hasSize(2);
    String token = fleet.token("demo");
    TributaryClient client =
        TributaryClient.builder(fleet.gateway()).bearerToken(() -> token).build();
    for (String replica : replicas) {
      try (Audience audience = new Audience(fleet, token);
          Play watched = client.open(Fleet.DEMO_TITLE, PlayOptions.defaults())) {
        watched.start();
        Fleet.await("many plays", IN_TIME, () -> audience.plays() >= PLAYS);
        fleet.ok("kill", replica);
        try {
          int before = audience.plays();
          Fleet.await("as many more", IN_TIME, () -> audience.plays() >= before + PLAYS);
          // One that comes back says that its snapshot is old until it has read what it missed.
          audience.leave();
        } finally {
          fleet.ok("start", replica);
        }

        assertThat(audience.complaints()).as("while %s was killed", replica).isEmpty();
        PlayReport report = watched.report();
        assertThat(report.error()).isNull();
        assertThat(report.playedMillis()).isPositive();
        assertThat(report.rebufferCount()).hasValue(0);
      }
      fleet.awaitHealthy(replica);
    }
  }
}
