package io.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final String NO = "**no**";

  @Test
  void a_row_that_was_not_measured_is_there_and_not_met() {
    Row row = row(new Bar.None());

    assertThat(new Verdicts(Map.of()).met(row)).isEqualTo(NO);
    assertThat(new Verdicts(Map.of()).lines(List.of(row)))
        .anyMatch(line -> line.contains("speed") && line.contains("not measured"));
  }

  @Test
  void a_bar_is_met_by_the_whole_interval_alone() {
    Row row = row(new Bar.AtLeast(10));

    assertThat(met(row, 12, 11, 10, 12, 11)).isEqualTo("yes");
    assertThat(met(row, 12, 8, 9, 12, 11)).isEqualTo(NO);
    assertThat(met(row(new Bar.AtMost(10)), 9, 12, 8, 12, 9)).isEqualTo(NO);
    assertThat(met(row(new Bar.AtMost(12)), 9, 12, 8, 12, 9)).isEqualTo("yes");
  }

  @Test
  void what_must_never_be_may_not_be_in_one_round() {
    assertThat(met(row(new Bar.Never()), 0, 0, 0, 0)).isEqualTo("yes");
    assertThat(met(row(new Bar.Never()), 0, 0, 1, 0)).isEqualTo(NO);
  }

  @Test
  void a_ratio_may_be_short_by_what_the_peer_differs_from_itself() {
    Row row = row(new Bar.AtLeastLessMargin(0.7, "aa"));
    List<Double> ratios = Collections.nCopies(5, 0.68);

    assertThat(met(row, Map.of("speed", ratios, "aa", List.of(0.97, 0.97)))).isEqualTo("yes");
    assertThat(met(row, Map.of("speed", ratios, "aa", List.of(1.01, 1.01)))).isEqualTo(NO);
  }

  @Test
  void a_ratio_without_its_margin_is_not_met() {
    Row row = row(new Bar.AtLeastLessMargin(0.7, "aa"));

    assertThat(met(row, Map.of("speed", List.of(0.9, 0.9)))).isEqualTo(NO);
  }

  @Test
  void an_interval_holds_the_median_and_is_the_same_each_time() {
    List<Double> rounds = List.of(5.0, 1.0, 3.0, 2.0, 4.0, 9.0, 2.5);
    Spread spread = Spread.of(rounds);

    assertThat(spread.median()).isEqualTo(3);
    assertThat(spread.low()).isBetween(1.0, 3.0);
    assertThat(spread.high()).isBetween(3.0, 9.0);
    assertThat(Spread.of(rounds)).isEqualTo(spread);
  }

  private static String met(Row row, double... rounds) {
    return met(row, Map.of("speed", Arrays.stream(rounds).boxed().toList()));
  }

  private static String met(Row row, Map<String, List<Double>> rounds) {
    return new Verdicts(rounds).met(row);
  }

  private static Row row(Bar bar) {
    return new Row("speed", "speed", "/s", 1, bar);
  }
}
