package io.tributary.sim.report;

import io.tributary.controlplane.health.DetectorConfig;
import io.tributary.sim.run.Simulation;
import io.tributary.sim.run.Tally;
import io.tributary.sim.scenario.Scenarios;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How soon the dead are out of new answers, and who is given up though alive, over many seeds; and
 * the same had silence been judged otherwise, so that one sees what another setting would cost.
 */
final class DetectionFigures {
  /** Silences that are tried beside the shipped one, in heartbeat intervals. */
  private static final List<Double> INTERVALS = List.of(2.5, 3.5, 4.5, 5.5);

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
            "silence that counts",
            "deaths",
            "out after, mean s",
            "max s",
            "wrongly given up",
            "flaps on the ramp");
    for (double intervals : INTERVALS) {
      Tally deaths = tally("dead-nodes", intervals);
      List<Long> out = deaths.outAfterMicros();
      boolean isShipped = intervals == DetectorConfig.DEFAULTS.suspicionIntervals();
      table.add(
          intervals + " intervals" + (isShipped ? " (shipped)" : ""),
          Integer.toString(out.size()),
          seconds(out.stream().mapToLong(Long::longValue).average().orElse(0)),
          seconds(out.stream().mapToDouble(Long::doubleValue).max().orElse(0)),
          Long.toString(tally("false-alarms", intervals).wronglyGivenUp()),
          Long.toString(tally("ramp-110", intervals).flaps()));
    }
    return table.lines();
  }

  private Tally tally(String name, double intervals) {
    return LongStream.range(firstSeed, firstSeed + seeds).boxed().toList().parallelStream()
        .map(seed -> Scenarios.of(name, seed))
        .map(scenario -> scenario.with(scenario.health().judgedAfter(intervals)))
        .map(scenario -> Simulation.run(scenario, Contender.ALL.getFirst().maker()).tally())
        .reduce(new Tally(), Tally::plus);
  }

  private static String seconds(double micros) {
    return String.format(Locale.ROOT, "%.2f", micros / MICROS);
  }
}
