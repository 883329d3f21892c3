package io.tributary.oca;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of this machine, called to their end. */
final class Command {
  private Command() {}

  /**
   * How it ended.
   *
   * @param output of both kinds
   */
  record Outcome(int status, String output) {}

  /** What it printed; throws if it failed. */
  static String run(String... command) throws IOException, InterruptedException {
    Outcome outcome = outcome(List.of(command));
    if (outcome.status() != 0) {
      throw new AssertionError(String.join(" ", command) + " ended with " + outcome);
    }
    return outcome.output();
  }

  static Outcome outcome(List<String> command) throws IOException, InterruptedException {
    return outcome(command, "");
  }

  /** With a short text as its input. */
  static Outcome outcome(List<String> command, String input)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // It ended without reading all; its status tells.
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  static boolean isRoot() throws IOException, InterruptedException {
    return run("id", "-u").strip().equals("0");
  }
}
