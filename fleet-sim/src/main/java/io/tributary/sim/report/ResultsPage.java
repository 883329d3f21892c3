package io.tributary.sim.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code docs/results/steering-sim.md}: written by the command, never by hand. */
final class ResultsPage {
  private static final String PAGE = "docs/results/steering-sim.md";

  private final Path checkout;

  /** Of the checkout in that folder. */
  ResultsPage(Path checkout) {
    this.checkout = checkout;
  }

  /** Every measure in which a rival is better. */
  static List<String> losses(List<Comparison> comparisons) {
    TextTable table =
        new TextTable("what we lose", "scenario", "ours", "best rival's", "rival", "seeds lost");
    for (Comparison comparison : comparisons) {
      for (Comparison.Loss loss : comparison.losses()) {
        table.add(
            loss.measure(),
            loss.scenario(),
            String.format(Locale.ROOT, "%.2f", loss.ours()),
            String.format(Locale.ROOT, "%.2f", loss.theirs()),
            loss.rival(),
            loss.seedsLost() + " of " + loss.seeds());
      }
    }
    return table.lines();
  }

  /**
   * Writes the page.
   *
   * @param command that it was asked for by
   * @param speed how long it took, in words
   */
  void write(
      String command,
      String speed,
      List<Comparison> comparisons,
      List<String> detection,
      String detectionSeeds)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# Steering against rivals, in simulation");
    lines.add("");
    lines.add("Written by `" + command + "` " + Machine.inWords(checkout) + ".");
    lines.add(speed);
    lines.add(
        "How it is simulated, and what the columns mean: [fleet-sim](../../fleet-sim/README.md).");
    lines.add("");
    lines.add("## Who is compared");
    for (Contender contender : Contender.ALL) {
      lines.add("- " + contender.name() + ": `" + contender.figures() + "`");
    }
    lines.add("");
    lines.add("## On the same plays");
    for (Comparison comparison : comparisons) {
      lines.addAll(comparison.lines());
      lines.add("");
    }
    lines.add("## What we win and lose");
    lines.add("In how many of the scenarios, against each rival.");
    lines.add("");
    lines.addAll(Comparison.standings(comparisons));
    lines.add("");
    lines.add("Lost, each against the best rival in it:");
    lines.add("");
    lines.addAll(losses(comparisons));
    lines.add("");
    lines.add("## What must never be, and was");
    lines.add("Of our policy; the first of each run.");
    lines.add("");
    List<String> violations =
        comparisons.stream().flatMap(comparison -> comparison.violations().stream()).toList();
    violations.forEach(violation -> lines.add("- " + violation));
    if (violations.isEmpty()) {
      lines.add("- Nothing.");
    }
    lines.add("");
    lines.add("## Dead nodes and false alarms");
    lines.add(detectionSeeds);
    lines.add("");
    lines.addAll(detection);
    Files.write(checkout.resolve(PAGE), lines);
  }
}
