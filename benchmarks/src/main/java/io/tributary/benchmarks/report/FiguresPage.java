package io.tributary.benchmarks.report;

import io.tributary.sim.report.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of figures that are measured in parts: keeps the rounds of each, and is written from those
 * of all, so that a part may be measured anew without the others.
 *
 * @param <P> its parts
 */
public final class FiguresPage<P extends FigurePart> {
  private static final String JUDGED =
      "A row is met when its whole interval is: the 95 % interval of the rounds' median, by"
          + " bootstrap. What must never be is looked for in every round. A row that was not"
          + " measured is not met.";

  private final PrintStream out;
  private final Path checkout;
  private final Path results;
  private final String name;
  private final String title;
  private final List<P> parts;
  private final boolean isQuick;

  /**
   * Of a checkout.
   *
   * @param name of the command and the file
   * @param parts in their order
   * @param isQuick whether it is for trying alone
   */
  public FiguresPage(
      PrintStream out, Path checkout, String name, String title, List<P> parts, boolean isQuick) {
    this.out = out;
    this.checkout = checkout.toAbsolutePath();
    this.results = checkout.resolve(isQuick ? ".tributary/bench" : "docs/results");
    this.name = name;
    this.title = title;
    this.parts = List.copyOf(parts);
    this.isQuick = isQuick;
  }

  /**
   * Where what is measured of a part goes.
   *
   * @param raw its rounds and notes
   * @param file the same, for a program to write to; absolute
   * @param log what programs say
   * @param java starts them
   */
  public record Measured(RawRounds raw, Path file, Path log, PinnedJava java) {}

  /** Measures one part. */
  @FunctionalInterface
  public interface Measuring<P> {
    /**
     * Measures it.
     *
     * @throws IOException if not all of it could be
     */
    void measure(P part, Measured into) throws IOException, InterruptedException;
  }

  /**
   * Measures parts, and writes the page of all of them.
   *
   * @param command that it was asked for by
   * @return whether each could be measured
   */
  public boolean measure(List<P> wanted, String command, Measuring<P> measuring)
      throws IOException, InterruptedException {
    boolean isWhole = true;
    for (P part : wanted) {
      Path log = checkout.resolve(".tributary/logs/bench-" + name + "-" + part.word() + ".log");
      out.println("Measuring " + part.word() + " (what it says: " + log + ") ...");
      RawRounds raw = raw(part);
      raw.clear();
      raw.note("`" + command + "` " + Machine.inWords(checkout) + (isQuick ? ", QUICK" : ""));
      try {
        measuring.measure(
            part,
            new Measured(raw, file(part).toAbsolutePath(), log, new PinnedJava(log, checkout)));
      } catch (IOException e) {
        raw.note("Not all of it was measured: " + e.getMessage());
        out.println("tributary bench: " + e.getMessage());
        isWhole = false;
      }
    }
    write();
    for (P part : wanted) {
      new Verdicts(raw(part).rounds()).lines(part.rows()).forEach(out::println);
    }
    return isWhole;
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# " + title);
    lines.add("");
    if (isQuick) {
      lines.add("**QUICK: for trying alone, these are no results.**");
      lines.add("");
    }
    lines.add(
        "Written by `./tributary bench "
            + name
            + "`; what is measured, and how: [benchmarks](../../benchmarks/README.md).");
    lines.add(JUDGED);
    for (P part : parts) {
      lines.add("");
      lines.add("## " + part.heading());
      List<String> notes = raw(part).notes();
      notes.forEach(note -> lines.add("- " + note));
      lines.add(
          notes.isEmpty()
              ? "- Nobody measured it yet."
              : "- [Rounds](raw/" + file(part).getFileName() + ")");
      lines.add("");
      lines.addAll(new Verdicts(raw(part).rounds()).lines(part.rows()));
    }
    Path page = results.resolve(name + ".md");
    Files.write(page, lines);
    out.println("Written: " + page);
  }

  private Path file(P part) {
    return results.resolve("raw/" + name + "-" + part.word() + ".csv");
  }

  private RawRounds raw(P part) {
    return new RawRounds(file(part));
  }
}
