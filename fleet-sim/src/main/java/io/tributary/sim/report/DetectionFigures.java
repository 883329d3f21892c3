package io.tributary.sim.report;

import io.tributary.controlplane.health.DetectorConfig;
import io.tributary.sim.run.Simulation;
import io.tributary.sim.run.Tally;
import io.tributary.sim.scenario.Health;
import io.tributary.sim.scenario.Scenarios;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * How soon the dead are out of new answers, and who is given up though alive, over many seeds; and
 * the same had silence alone been judged, so that one sees what probes are for.
 */
final class DetectionFigures {
  /** Silences that are tried without probes, in heartbeat intervals; the first is the shipped. */
  private static final List<Double> INTERVALS =
      List.of(DetectorConfig.DEFAULTS.suspicionIntervals(), 3.5, 4.5, 5.5);

  private static final double MICROS = 1e6;

  private final long firstSeed;
  private final int seeds;

  DetectionFigures(long firstSeed, int seeds) {
    this.firstSeed = firstSeed;
    this.seeds = seeds;
  }

  List<String> lines() {
    TextTable table =
        new TextTable(
            "what counts as death",
            "deaths",
            "out after, mean s",
            "max s",
            "wrongly given up",
            "flaps on the ramp");
    add(table, INTERVALS.getFirst() + " intervals and probes (shipped)", UnaryOperator.identity());
    for (double intervals : INTERVALS) {
      add(table, intervals + " intervals alone", health -> health.judgedBySilenceAlone(intervals));
    }
    return table.lines();
  }

  private void add(TextTable table, String name, UnaryOperator<Health> judged) {
    Tally deaths = tally("dead-nodes", judged);
    List<Long> out = deaths.outAfterMicros();
    table.add(
        name,
        Integer.toString(out.size()),
        seconds(out.stream().mapToLong(Long::longValue).average().orElse(0)),
        seconds(out.stream().mapToDouble(Long::doubleValue).max().orElse(0)),
        Long.toString(tally("false-alarms", judged).wronglyGivenUp()),
        Long.toString(tally("ramp-110", judged).flaps()));
  }

  private Tally tally(String name, UnaryOperator<Health> judged) {
    return LongStream.range(firstSeed, firstSeed + seeds).boxed().toList().parallelStream()
        .map(seed -> Scenarios.of(name, seed))
        .map(scenario -> scenario.with(judged.apply(scenario.health())))
        .map(scenario -> Simulation.run(scenario, Contender.ALL.getFirst().maker()).tally())
        .reduce(new Tally(), Tally::plus);
  }

  private static String seconds(double micros) {
    return String.format(Locale.ROOT, "%.2f", micros / MICROS);
  }
}
