package io.tributary.fleet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands as an operator would, in bash, and stops at the first that fails. */
final class Shell {
  private final Path folder;
  private final Map<String, String> environment;
  private final String before;

  /**
   * A shell.
   *
   * @param folder where commands run
   * @param environment beside this process's own
   * @param before commands that come before all others
   */
  Shell(Path folder, Map<String, String> environment, String before) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.before = before;
  }

  /**
   * Runs commands, which must succeed.
   *
   * @return what they said, on both outputs
   */
  String run(String commands, Duration bound) {
    try {
      Path said = Files.createTempFile("shell", ".out");
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + before + "\n" + commands)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(bound.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      String output = Files.readString(said);
      Files.delete(said);
      if (!ended || process.exitValue() != 0) {
        String how = ended ? "ended with " + process.exitValue() : "still ran after " + bound;
        throw new AssertionError(how + ":\n" + commands + "\nIt said:\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + commands, e);
    }
  }
}
