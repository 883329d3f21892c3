package io.tributary.sim.report;

import io.tributary.sim.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words after {@code ./tributary sim}. */
public final class SimCommand {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int NOT_UNDERSTOOD = 2;

  private static final int USUAL_SEEDS = 3;
  private static final int DETECTION_SEEDS = 20;

  private static final List<String> HELP =
      List.of(
          "Simulates whole fleets in virtual time, from a seed, by the services' own decision code.",
          "",
          "  sim steering --seed N [--seeds K] [--scenario NAME] [--write]",
          "      compares our ranking with rivals' on the same plays and faults, over K seeds from N on,",
          "      and tells what must never be and was; --write puts it all into",
          "      docs/results/steering-sim.md",
          "  sim detection --seed N [--seeds K]",
          "      how soon dead nodes are out of new answers, and who is given up though alive",
          "  sim tune --seed N",
          "      searches better figures for every policy",
          "",
          "Scenarios: " + String.join(" ", Scenarios.all()));

  private final PrintStream out;

  /** One that prints there. */
  public SimCommand(PrintStream out) {
    this.out = out;
  }

  /** What was asked for. */
  private static final class Asked {
    private String word = "";
    private @Nullable Long seed;
    private int seeds;
    private @Nullable String scenario;
    private boolean isWritten;
    private boolean isHelp;
  }

  /**
   * Runs one word.
   *
   * @return 0 when it was done, 1 when it could not be, 2 when it was not understood
   */
  public int run(String... arguments) {
    try {
      Asked asked = asked(arguments);
      if (asked.isHelp) {
        HELP.forEach(out::println);
        return DONE;
      }
      long seed = seed(asked);
      switch (asked.word) {
        case "steering" -> steering(asked, seed);
        case "detection" ->
            new DetectionFigures(seed, asked.seeds > 0 ? asked.seeds : DETECTION_SEEDS)
                .lines()
                .forEach(out::println);
        case "tune" -> tune(seed);
        default ->
            throw new IllegalArgumentException(
                "word is \"" + asked.word + "\" (expected: steering, detection or tune)");
      }
      return DONE;
    } catch (IllegalArgumentException e) {
      out.println("tributary sim: " + e.getMessage());
      out.println("What is expected: ./tributary sim --help");
      return NOT_UNDERSTOOD;
    } catch (IOException e) {
      out.println("tributary sim: " + e.getMessage());
      return FAILED;
    }
  }

  private void steering(Asked asked, long seed) throws IOException {
    List<String> scenarios =
        asked.scenario == null ? Scenarios.compared() : List.of(asked.scenario);
    int seeds = asked.seeds > 0 ? asked.seeds : USUAL_SEEDS;
    List<Comparison> comparisons = new ArrayList<>();
    long began = System.nanoTime();
    for (String scenario : scenarios) {
      Comparison comparison = Comparison.of(scenario, seed, seeds, Contender.ALL);
      comparisons.add(comparison);
      comparison.lines().forEach(out::println);
      comparison.violations().forEach(line -> out.println("! " + line));
      out.println();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    long plays = comparisons.stream().mapToLong(Comparison::plays).sum();
    String speed =
        String.format(
            Locale.ROOT,
            "%,d plays, %d seeds of each scenario, in %.0f s on all cores: %,.0f a second.",
            plays,
            seeds,
            seconds,
            plays / seconds);
    out.println(speed);
    out.println();
    Comparison.standings(comparisons).forEach(out::println);
    out.println();
    ResultsPage.losses(comparisons).forEach(out::println);
    if (asked.isWritten) {
      new ResultsPage(Path.of(""))
          .write(
              "./tributary sim steering --seed " + seed + " --seeds " + seeds + " --write",
              speed,
              comparisons,
              new DetectionFigures(seed, DETECTION_SEEDS).lines(),
              "Over "
                  + DETECTION_SEEDS
                  + " seeds from "
                  + seed
                  + " on, with 1 s heartbeats. Bars: mean 3 s, max 6 s, nobody wrongly given up, no"
                  + " flap.");
    }
  }

  private void tune(long seed) {
    for (Search.Found found : new Search(seed).all()) {
      out.printf(
          Locale.ROOT,
          "%s: cost %.4f (published figures: %.4f) with %s%n",
          found.contender().name(),
          found.cost(),
          found.startCost(),
          found.contender().figures());
    }
  }

  private static Asked asked(String... arguments) {
    Asked asked = new Asked();
    Deque<String> left = new ArrayDeque<>(List.of(arguments));
    while (!left.isEmpty()) {
      String argument = left.removeFirst();
      switch (argument) {
        case "-h", "--help" -> asked.isHelp = true;
        case "--write" -> asked.isWritten = true;
        case "--seed" -> asked.seed = number(argument, left);
        case "--seeds" -> asked.seeds = Math.clamp(number(argument, left), 1, 1_000);
        case "--scenario" -> asked.scenario = value(argument, left);
        default -> {
          if (argument.startsWith("-") || !asked.word.isEmpty()) {
            throw new IllegalArgumentException(argument + " is not known");
          }
          asked.word = argument;
        }
      }
    }
    return asked;
  }

  private static long seed(Asked asked) {
    if (asked.seed == null) {
      throw new IllegalArgumentException("--seed is missing (expected: a number)");
    }
    return asked.seed;
  }

  private static long number(String option, Deque<String> left) {
    String value = value(option, left);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " is " + value + " (expected: a number)", e);
    }
  }

  private static String value(String option, Deque<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(option + " has no value");
    }
    return left.removeFirst();
  }
}
