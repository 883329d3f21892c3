package io.tributary.sim.report;

import io.tributary.sim.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words after {@code ./tributary sim}. */
public final class SimCommand {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int NOT_UNDERSTOOD = 2;

  private static final int USUAL_SEEDS = 3;
  private static final int DETECTION_SEEDS = 20;
  private static final int MOST_SEEDS = 1_000;

  private static final Set<String> ALONE = Set.of("--write");
  private static final Set<String> VALUED = Set.of("--seed", "--seeds", "--scenario");

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

  /**
   * Runs one word.
   *
   * @return 0 when it was done, 1 when it could not be, 2 when it was not understood
   */
  public int run(String... arguments) {
    try {
      CommandWords words = CommandWords.of(ALONE, VALUED, arguments);
      if (words.askForHelp()) {
        HELP.forEach(out::println);
        return DONE;
      }
      long seed = seed(words);
      switch (words.word()) {
        case "steering" -> steering(words, seed);
        case "detection" ->
            new DetectionFigures(seed, seeds(words, DETECTION_SEEDS)).lines().forEach(out::println);
        case "tune" -> tune(seed);
        default ->
            throw new IllegalArgumentException(
                "word is \"" + words.word() + "\" (expected: steering, detection or tune)");
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

  private void steering(CommandWords words, long seed) throws IOException {
    List<String> scenarios = words.value("--scenario").map(List::of).orElseGet(Scenarios::compared);
    int seeds = seeds(words, USUAL_SEEDS);
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
    if (words.has("--write")) {
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

  private static long seed(CommandWords words) {
    return words
        .number("--seed")
        .orElseThrow(() -> new IllegalArgumentException("--seed is missing (expected: a number)"));
  }

  private static int seeds(CommandWords words, int usual) {
    return words.number("--seeds").map(seeds -> Math.clamp(seeds, 1, MOST_SEEDS)).orElse(usual);
  }
}
