package io.tributary.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.sim.scenario.Scenarios;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SimCommandTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final SimCommand command =
      new SimCommand(new PrintStream(printed, true, StandardCharsets.UTF_8));

  @Test
  void help_names_every_scenario() {
    assertThat(command.run("--help")).isZero();
    assertThat(said()).contains(Scenarios.all());
  }

  @Test
  void what_is_not_understood_is_told_with_what_was_expected() {
    assertThat(command.run("steering")).isEqualTo(2);
    assertThat(said()).contains("--seed is missing (expected: a number)");
  }

  @Test
  void a_scenario_that_there_is_none_of_is_refused() {
    assertThat(command.run("steering", "--seed", "1", "--scenario", "none")).isEqualTo(2);
    assertThat(said()).contains("scenario is none (expected: one of steady");
  }

  @Test
  void a_seed_that_is_no_number_is_refused() {
    assertThat(command.run("steering", "--seed", "x")).isEqualTo(2);
    assertThat(said()).contains("--seed is x (expected: a number)");
  }

  private String said() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
