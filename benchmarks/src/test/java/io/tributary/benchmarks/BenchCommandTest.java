package io.tributary.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final BenchCommand command =
      new BenchCommand(new PrintStream(printed, true, StandardCharsets.UTF_8), Path.of(""));

  @Test
  void help_names_every_part() {
    assertThat(command.run("--help")).isZero();
    assertThat(said()).contains("tables|decisions|updates|http");
  }

  @Test
  void what_is_not_understood_is_told_with_what_was_expected() {
    assertThat(command.run("cooking")).isEqualTo(2);
    assertThat(said()).contains("word is \"cooking\" (expected: control-plane or steering)");
  }

  @Test
  void a_part_that_there_is_none_of_is_refused() {
    assertThat(command.run("steering", "--part", "all")).isEqualTo(2);
    assertThat(said()).contains("--part is all (expected: tables, decisions, updates, http)");
  }

  @Test
  void a_part_of_the_other_word_is_refused() {
    assertThat(command.run("control-plane", "--part", "tables")).isEqualTo(2);
    assertThat(said()).contains("--part is tables (expected: heartbeats-1000, heartbeats-5000,");
  }

  @Test
  void a_table_that_is_not_there_is_refused_before_anything_is_measured() {
    assertThat(command.run("steering", "--routes", "no-such-file")).isEqualTo(2);
    assertThat(said()).contains("--routes is no-such-file (expected: a file in MRT)");
  }

  private String said() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
