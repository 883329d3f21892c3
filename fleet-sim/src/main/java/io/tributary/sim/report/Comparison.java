package io.tributary.sim.report;

import io.tributary.sim.run.Outcome;
import io.tributary.sim.run.Simulation;
import io.tributary.sim.run.Tally;
import io.tributary.sim.run.Violation;
import io.tributary.sim.scenario.Scenarios;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** One scenario under every contender, over the same seeds. */
final class Comparison {
  private static final int VIOLATIONS_SHOWN = 5;

  private final String scenario;
  private final List<Row> rows;

  /** One contender's runs, a seed each. */
  private record Row(Contender contender, List<Outcome> outcomes) {
    Tally tally() {
      return outcomes.stream().map(Outcome::tally).reduce(new Tally(), Tally::plus);
    }

    double figure(Measure measure, int run) {
      return measure.figure.applyAsDouble(outcomes.get(run).tally());
    }

    double mean(Measure measure) {
      return outcomes.stream()
          .mapToDouble(outcome -> measure.figure.applyAsDouble(outcome.tally()))
          .average()
          .orElseThrow();
    }

    long violations() {
      return outcomes.stream().mapToLong(Outcome::violationCount).sum();
    }
  }

  /**
   * What is compared: the less the better, all of them.
   *
   * @param margin below it a difference is not seen in the table
   */
  private record Measure(String words, double margin, ToDoubleFunction<Tally> figure) {
    static final List<Measure> ALL =
        List.of(
            new Measure("plays to unhealthy nodes, %", 0.005, t -> 100 * t.unhealthyShare()),
            new Measure("plays to non-holding nodes, %", 0.005, t -> 100 * t.nonHoldingShare()),
            new Measure("bytes from afar, %", 0.05, t -> 100 * t.afarShare()),
            new Measure("maximum load, %", 0.05, t -> 100 * t.mostLoadShare()),
            new Measure("plays rejected, %", 0.005, t -> 100 * t.rejectedShare()),
            new Measure("bytes beyond capacity, %", 0.005, t -> 100 * t.starvedShare()),
            new Measure("kilometres a byte", 0.5, Tally::kilometres));
  }

  /**
   * What the first contender loses.
   *
   * @param seedsLost in how many of the seeds
   */
  record Loss(
      String scenario,
      String measure,
      double ours,
      double theirs,
      String rival,
      int seedsLost,
      int seeds) {}

  private Comparison(String scenario, List<Row> rows) {
    this.scenario = scenario;
    this.rows = rows;
  }

  /** Runs it. */
  static Comparison of(String scenario, long firstSeed, int seeds, List<Contender> contenders) {
    List<Outcome> outcomes =
        IntStream.range(0, contenders.size() * seeds)
            .parallel()
            .mapToObj(i ->
                Simulation.run(
                    Scenarios.of(scenario, firstSeed + i % seeds),
                    contenders.get(i / seeds).maker()))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      rows.add(new Row(contenders.get(i), outcomes.subList(i * seeds, (i + 1) * seeds)));
    }
    return new Comparison(scenario, rows);
  }

  long plays() {
    return rows.stream().mapToLong(row -> row.tally().plays()).sum();
  }

  /** The table, for people. */
  List<String> lines() {
    TextTable table =
        new TextTable(
            scenario,
            "plays",
            "to unhealthy %",
            "to non-holding %",
            "afar %",
            "max load %",
            "rejected %",
            "starved %",
            "km",
            "violations");
    for (Row row : rows) {
      Tally tally = row.tally();
      table.add(
          row.contender.name(),
          String.format(Locale.ROOT, "%,d", tally.plays()),
          percent(tally.unhealthyShare(), 3),
          percent(tally.nonHoldingShare(), 3),
          percent(tally.afarShare(), 2),
          percent(tally.mostLoadShare(), 1),
          percent(tally.rejectedShare(), 3),
          percent(tally.starvedShare(), 3),
          String.format(Locale.ROOT, "%.0f", tally.kilometres()),
          Long.toString(row.violations()));
    }
    return table.lines();
  }

  /** Where the best rival does better than the first contender, on average over the seeds. */
  List<Loss> losses() {
    List<Loss> losses = new ArrayList<>();
    Row ours = rows.getFirst();
    for (Measure measure : Measure.ALL) {
      Row best =
          rivals().stream().min(Comparator.comparingDouble(row -> row.mean(measure))).orElse(ours);
      if (ours.mean(measure) > best.mean(measure) + measure.margin) {
        int seedsLost = 0;
        for (int i = 0; i < ours.outcomes.size(); i++) {
          seedsLost += ours.figure(measure, i) > best.figure(measure, i) ? 1 : 0;
        }
        losses.add(
            new Loss(
                scenario,
                measure.words,
                ours.mean(measure),
                best.mean(measure),
                best.contender.name(),
                seedsLost,
                ours.outcomes.size()));
      }
    }
    return losses;
  }

  /**
   * In how many scenarios the first contender does better than each rival, as well, and worse: by
   * measure, on average over the seeds.
   */
  static List<String> standings(List<Comparison> comparisons) {
    List<String> headings = new ArrayList<>(List.of("won / equal / lost"));
    for (Row rival : comparisons.getFirst().rivals()) {
      headings.add(rival.contender.name());
    }
    TextTable table = new TextTable(headings.toArray(String[]::new));
    for (Measure measure : Measure.ALL) {
      List<String> cells = new ArrayList<>(List.of(measure.words));
      for (int i = 0; i < comparisons.getFirst().rivals().size(); i++) {
        int won = 0;
        int lost = 0;
        for (Comparison comparison : comparisons) {
          double less =
              comparison.rivals().get(i).mean(measure) - comparison.rows.getFirst().mean(measure);
          won += less > measure.margin ? 1 : 0;
          lost += less < -measure.margin ? 1 : 0;
        }
        cells.add(won + " / " + (comparisons.size() - won - lost) + " / " + lost);
      }
      table.add(cells.toArray(String[]::new));
    }
    return table.lines();
  }

  private List<Row> rivals() {
    return rows.stream().filter(row -> !row.contender.isOurs()).toList();
  }

  /** What must never be, of the first contender's runs, with how to see each again. */
  List<String> violations() {
    List<String> lines = new ArrayList<>();
    for (Outcome outcome : rows.getFirst().outcomes) {
      for (Violation violation :
          outcome
              .violations()
              .subList(0, Math.min(VIOLATIONS_SHOWN, outcome.violations().size()))) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s, seed %d, at %.1f s: %s (of %d in this run; %s)",
                scenario,
                outcome.scenario().seed(),
                violation.at().toMillis() / 1e3,
                violation.inWords(),
                outcome.violationCount(),
                outcome.replay()));
      }
    }
    return lines;
  }

  private static String percent(double share, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", 100 * share);
  }
}
