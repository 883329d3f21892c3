package io.tributary.sim.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where and of what a page of results was made, in a line. */
public final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final double KIBIBYTES_OF_A_GIBIBYTE = 1 << 20;

  private Machine() {}

  /** Commit, date, machine and JDK. */
  public static String inWords(Path checkout) throws IOException {
    String changes = git(checkout, "status", "--porcelain", "--", ".", ":!docs/results");
    return "at commit "
        + git(checkout, "rev-parse", "--short", "HEAD")
        + (changes.isEmpty() ? "" : " with changes")
        + " on "
        + LocalDate.now(ZoneOffset.UTC)
        + " ("
        + Runtime.getRuntime().availableProcessors()
        + " cores, "
        + value(PROCESSORS, "model name")
        + ", "
        + memory()
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ", JDK "
        + System.getProperty("java.runtime.version")
        + ")";
  }

  private static String memory() throws IOException {
    String kibibytes = value(MEMORY, "MemTotal").replaceAll("[^0-9]", "");
    return kibibytes.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%.0f GiB, ",
            Math.ceil(Long.parseLong(kibibytes) / KIBIBYTES_OF_A_GIBIBYTE));
  }

  private static String value(Path file, String key) throws IOException {
    if (!Files.isReadable(file)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  private static String git(Path checkout, String... words) throws IOException {
    List<String> command = Stream.concat(Stream.of("git"), Stream.of(words)).toList();
    Process git = new ProcessBuilder(command).directory(checkout.toAbsolutePath().toFile()).start();
    try (BufferedReader said = git.inputReader(StandardCharsets.UTF_8)) {
      return String.join(" ", said.readAllLines());
    }
  }
}
