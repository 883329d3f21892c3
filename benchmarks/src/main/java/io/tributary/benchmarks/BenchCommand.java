package io.tributary.benchmarks;

import io.tributary.benchmarks.controlplane.ControlPlaneFigures;
import io.tributary.benchmarks.report.FigurePart;
import io.tributary.benchmarks.steering.SteeringFigures;
import io.tributary.sim.report.CommandWords;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words after {@code ./tributary bench}. */
public final class BenchCommand {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int NOT_UNDERSTOOD = 2;

  private static final Set<String> ALONE = Set.of("--quick");
  private static final Set<String> VALUED = Set.of("--routes", "--part");

  private static final List<String> HELP =
      List.of(
          "Measures, and writes the page of it. Keep the machine's two first cores free meanwhile.",
          "",
          "  bench control-plane [--part "
              + words("|", ControlPlaneFigures.Part.values())
              + "] [--quick]",
          "      what hearing 1,000 and 5,000 nodes costs, and what it survives, into"
              + " docs/results/control-plane.md",
          "  bench steering [--routes FILE] [--part "
              + words("|", SteeringFigures.Part.values())
              + "] [--quick]",
          "      steering's tables, decisions, and rankings over HTTP, into docs/results/steering.md",
          "      --routes  a table of a real router, in MRT; without it that table's rows fail",
          "      --part    measures one part and takes the others as they were measured last",
          "      --quick   for trying alone: into .tributary/bench, and marked so");

  private final PrintStream out;
  private final Path checkout;

  /** One that prints there, of the checkout in that folder. */
  public BenchCommand(PrintStream out, Path checkout) {
    this.out = out;
    this.checkout = checkout;
  }

  /**
   * Runs one word.
   *
   * @return 0 when all of it was measured, 1 when some of it could not be, 2 when it was not
   *     understood
   */
  public int run(String... arguments) {
    try {
      CommandWords words = CommandWords.of(ALONE, VALUED, arguments);
      if (words.askForHelp()) {
        HELP.forEach(out::println);
        return DONE;
      }
      boolean isWhole =
          switch (words.word()) {
            case "steering" -> steering(words, arguments);
            case "control-plane" -> controlPlane(words, arguments);
            default ->
                throw new IllegalArgumentException(
                    "word is \"" + words.word() + "\" (expected: control-plane or steering)");
          };
      return isWhole ? DONE : FAILED;
    } catch (IllegalArgumentException e) {
      out.println("tributary bench: " + e.getMessage());
      out.println("What is expected: ./tributary bench --help");
      return NOT_UNDERSTOOD;
    } catch (IOException e) {
      out.println("tributary bench: " + e);
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private boolean steering(CommandWords words, String... arguments)
      throws IOException, InterruptedException {
    SteeringFigures figures =
        new SteeringFigures(
            out, checkout, words.value("--routes").map(BenchCommand::routes), words.has("--quick"));
    List<SteeringFigures.Part> parts =
        words
            .value("--part")
            .map(word -> List.of(part(word, SteeringFigures.Part.values())))
            .orElseGet(() -> List.of(SteeringFigures.Part.values()));
    return figures.measure(parts, inWords(arguments));
  }

  private boolean controlPlane(CommandWords words, String... arguments)
      throws IOException, InterruptedException {
    if (words.value("--routes").isPresent()) {
      throw new IllegalArgumentException("--routes is for steering alone");
    }
    List<ControlPlaneFigures.Part> parts =
        words
            .value("--part")
            .map(word -> List.of(part(word, ControlPlaneFigures.Part.values())))
            .orElseGet(() -> List.of(ControlPlaneFigures.Part.values()));
    return new ControlPlaneFigures(out, checkout, words.has("--quick"))
        .measure(parts, inWords(arguments));
  }

  /** As it stands on the page, where nobody needs to know in which folder a file was. */
  private static String inWords(String... arguments) {
    return Stream.of(arguments)
        .map(argument -> argument.substring(argument.lastIndexOf('/') + 1))
        .collect(Collectors.joining(" ", "./tributary bench ", ""));
  }

  private static Path routes(String file) {
    Path routes = Path.of(file).toAbsolutePath();
    if (!Files.isReadable(routes)) {
      throw new IllegalArgumentException("--routes is " + file + " (expected: a file in MRT)");
    }
    return routes;
  }

  private static <P extends FigurePart> P part(String word, P[] parts) {
    for (P part : parts) {
      if (part.word().equals(word)) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "--part is " + word + " (expected: " + words(", ", parts) + ")");
  }

  private static String words(String between, FigurePart... parts) {
    return Stream.of(parts).map(FigurePart::word).collect(Collectors.joining(between));
  }
}
