package io.tributary.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides once a test JVM whether backends are containers or processes: as {@code
 * -Dtributary.backends} says, or else containers where an engine answers.
 *
 * <p>What was used is printed, and written to {@code target/backends} for the summary at the end of
 * the build.
 */
final class Backends {
  /** What a backend is. */
  enum Kind {
    CONTAINERS,
    PROCESSES
  }

  private static final String SWITCH = "tributary.backends";
  private static final Path REPORT = Path.of("target", "backends");

  /** An engine on this machine answers in milliseconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Set<String> USED = new TreeSet<>();
  private static final Decision DECISION = decide();

  private Backends() {}

  static Kind kind() {
    return DECISION.kind;
  }

  /** Says that this backend is used, once. */
  static synchronized void used(String backend) {
    String line = backend + ", since " + DECISION.reason;
    if (!USED.add(line)) {
      return;
    }
    System.out.println("BACKEND " + line);
    try {
      Files.createDirectories(REPORT.toAbsolutePath().getParent());
      Files.write(REPORT, USED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A setting of the build or of the environment. */
  static Optional<String> setting(String property, String variable) {
    return Optional.ofNullable(System.getProperty(property))
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .filter(value -> !value.isBlank());
  }

  private static Decision decide() {
    String said = setting(SWITCH, "TRIBUTARY_BACKENDS").orElse("auto").toLowerCase(Locale.ROOT);
    return switch (said) {
      case "containers" -> new Decision(Kind.CONTAINERS, SWITCH + " is containers");
      case "processes" -> new Decision(Kind.PROCESSES, SWITCH + " is processes");
      case "auto" ->
          switch (ContainerEngine.ask(PATIENCE)) {
            case ContainerEngine.Answers(String place) ->
                new Decision(Kind.CONTAINERS, "a container engine answers at " + place);
            case ContainerEngine.Silent(String places) -> {
              System.out.println(
                  "=== NO CONTAINER ENGINE ANSWERS (" + places + "): backends are processes ===");
              yield new Decision(Kind.PROCESSES, "no container engine answers at " + places);
            }
          };
      default ->
          throw new IllegalArgumentException(
              SWITCH + " is " + said + " (expected: auto, containers or processes)");
    };
  }

  private record Decision(Kind kind, String reason) {}
}
