package io.tributary.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.sim.run.Outcome;
import io.tributary.sim.run.Simulation;
import io.tributary.sim.run.Tally;
import io.tributary.sim.run.Violation;
import io.tributary.sim.scenario.Scenario;
import io.tributary.sim.scenario.Scenarios;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole fleets under the shipped ranking and the shipped detector, from fixed seeds. */
class FleetSim {
  private static final Contender OURS = Contender.ALL.getFirst();

  @ParameterizedTest
  @CsvSource({"steady,1", "steady,2", "site-lost,1", "site-lost,2", "one-title,1", "uniform,1"})
  void nothing_is_that_must_never_be(String scenario, long seed) {
    Outcome outcome = Simulation.run(Scenarios.of(scenario, seed), OURS.maker());

    assertThat(outcome.violations()).as(outcome.replay()).isEmpty();
    assertThat(outcome.tally().nonHoldingShare()).as(outcome.replay()).isZero();
    assertThat(outcome.tally().rejectedShare()).as(outcome.replay()).isZero();
  }

  /** At the end all nodes together are asked for more than they can send. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void a_ramp_beyond_capacity_overloads_nobody_beside_room_nor_much_more_than_others(long seed) {
    Outcome outcome = Simulation.run(Scenarios.of("ramp-110", seed), OURS.maker());

    assertThat(outcome.violations(Violation.Overloaded.class)).as(outcome.replay()).isEmpty();
    assertThat(outcome.tally().mostLoadShare()).as(outcome.replay()).isLessThan(1.16);
    assertThat(outcome.tally().starvedShare()).as(outcome.replay()).isLessThan(0.004);
    assertThat(outcome.tally().flaps()).as(outcome.replay()).isZero();
  }

  /** A crowd at one site, and a minute without any figure. */
  @ParameterizedTest
  @CsvSource({"flash-crowd,1", "flash-crowd,2", "feed-stops,1", "feed-stops,5"})
  void what_comes_suddenly_or_unseen_overloads_no_node_much(String scenario, long seed) {
    Outcome outcome = Simulation.run(Scenarios.of(scenario, seed), OURS.maker());

    assertThat(outcome.violations(Violation.Overloaded.class)).as(outcome.replay()).isEmpty();
    assertThat(outcome.tally().mostLoadShare()).as(outcome.replay()).isLessThan(0.9);
  }

  /** Rivals as the search tuned them: published ones move twice as many bytes from afar. */
  @ParameterizedTest
  @CsvSource({"steady,1", "evening,2", "mixed-nodes,1", "one-title,2", "one-site,1", "uniform,2"})
  void less_comes_from_afar_and_no_node_is_as_loaded_as_under_any_tuned_rival(
      String scenario, long seed) {
    Outcome outcome = Simulation.run(Scenarios.of(scenario, seed), OURS.maker());

    for (Contender rival : Contender.ALL) {
      if (!rival.isOurs() && rival.name().endsWith("tuned")) {
        Tally theirs = Simulation.run(Scenarios.of(scenario, seed), rival.maker()).tally();
        String message = rival.name() + ", " + outcome.replay();
        assertThat(outcome.tally().afarShare()).as(message).isLessThan(theirs.afarShare());
        assertThat(outcome.tally().mostLoadShare()).as(message).isLessThan(theirs.mostLoadShare());
        assertThat(outcome.tally().nonHoldingShare())
            .as(message)
            .isLessThanOrEqualTo(theirs.nonHoldingShare());
        assertThat(outcome.tally().unhealthyShare())
            .as(message)
            .isLessThanOrEqualTo(theirs.unhealthyShare());
      }
    }
  }

  @Test
  void dead_nodes_are_out_of_answers_in_three_seconds_and_never_later_than_six() {
    List<Outcome> outcomes =
        LongStream.rangeClosed(1, 4)
            .mapToObj(seed -> Simulation.run(Scenarios.of("dead-nodes", seed), OURS.maker()))
            .toList();
    List<Long> out =
        outcomes.stream().map(Outcome::tally).reduce(new Tally(), Tally::plus).outAfterMicros();

    assertThat(out).hasSize(80);
    assertThat(out.stream().mapToLong(Long::longValue).average().orElseThrow())
        .isLessThan(3_000_000);
    assertThat(out.getLast()).isLessThan(6_000_000);
    assertThat(outcomes)
        .allSatisfy(outcome ->
            assertThat(outcome.violations(Violation.DeadNodeNamed.class))
                .as(outcome.replay())
                .isEmpty());
  }

  /**
   * Nodes stand still for three seconds each, and one heartbeat and one probe of twenty is lost.
   */
  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4"})
  void nobody_who_lives_is_given_up_nor_taken_back(long seed) {
    Outcome outcome = Simulation.run(Scenarios.of("false-alarms", seed), OURS.maker());

    assertThat(outcome.violations()).as(outcome.replay()).isEmpty();
    assertThat(outcome.tally().wronglyGivenUp()).as(outcome.replay()).isZero();
    assertThat(outcome.tally().flaps()).as(outcome.replay()).isZero();
  }

  /** So the test above could fail, and its bar is for the probes. */
  @Test
  void silence_alone_gives_up_who_lives() {
    Scenario scenario = Scenarios.of("false-alarms", 1);

    Outcome outcome =
        Simulation.run(scenario.with(scenario.health().judgedBySilenceAlone(2.5)), OURS.maker());

    assertThat(outcome.tally().wronglyGivenUp()).isGreaterThan(50);
  }

  static Stream<String> scenarios() {
    return Scenarios.all().stream().filter(name -> !name.equals("large"));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void every_play_of_every_scenario_is_answered_by_everybody(String scenario) {
    for (Contender contender : Contender.ALL) {
      Outcome outcome =
          Simulation.run(
              Scenarios.of(scenario, 9).lasting(Duration.ofSeconds(15)), contender.maker());

      assertThat(outcome.violations(Violation.NotAnswered.class)).as(outcome.replay()).isEmpty();
    }
  }
}
