package io.tributary.benchmarks.steering;

import io.tributary.benchmarks.report.RawRounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs JMH, and keeps every iteration of every fork as a round. */
public final class MicroFigures {
  private MicroFigures() {}

  /**
   * Adds rounds {@code BENCHMARK.NAME[.HOLDERS]}, operations a second.
   *
   * @param arguments the file of rounds, {@code quick} or {@code whole}, what is run as a regular
   *     expression, and pairs of a name and its routes
   */
  public static void main(String[] arguments) throws IOException, RunnerException {
    RawRounds raw = new RawRounds(Path.of(arguments[0]));
    for (int i = 3; i < arguments.length; i += 2) {
      OptionsBuilder options = new OptionsBuilder();
      options.include(arguments[2]).param("routes", arguments[i + 1]).shouldFailOnError(true);
      if (arguments[1].equals("quick")) {
        options.forks(1).warmupIterations(1).measurementIterations(2);
        options.warmupTime(TimeValue.seconds(1)).measurementTime(TimeValue.seconds(1));
      }
      for (RunResult result : new Runner(options.build()).run()) {
        add(raw, arguments[i], result);
      }
    }
  }

  private static void add(RawRounds raw, String name, RunResult result) throws IOException {
    String benchmark = result.getPrimaryResult().getLabel();
    String holders = result.getParams().getParam("holders");
    String key =
        String.format(Locale.ROOT, "%s.%s", benchmark, name)
            + (holders == null ? "" : "." + holders);
    Collection<BenchmarkResult> forks = result.getBenchmarkResults();
    for (BenchmarkResult fork : forks) {
      for (IterationResult iteration : fork.getIterationResults()) {
        raw.add(key, iteration.getPrimaryResult().getScore());
      }
    }
  }
}
