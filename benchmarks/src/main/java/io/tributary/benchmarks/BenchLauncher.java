package io.tributary.benchmarks;

import java.nio.file.Path;
import java.util.Objects;

/** The program behind {@code ./tributary bench}. */
public final class BenchLauncher {
  private BenchLauncher() {}

  /**
   * Measures.
   *
   * @param arguments what to measure
   */
  public static void main(String[] arguments) {
    Path checkout = Path.of(Objects.requireNonNullElse(System.getenv("TRIBUTARY_CHECKOUT"), ""));
    System.exit(new BenchCommand(System.out, checkout).run(arguments));
  }
}
