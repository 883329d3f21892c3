package io.tributary.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts programs of this class path on processors of their own, each with the collector that the
 * images have. What they say goes into one file.
 */
public final class PinnedJava {
  /** Longer than any part takes. */
  private static final int MOST_MINUTES = 20;

  private final Path log;
  private final Path folder;

  /**
   * Starts none yet.
   *
   * @param log what is started writes there
   * @param checkout where it is started
   */
  public PinnedJava(Path log, Path checkout) throws IOException {
    this.log = log.toAbsolutePath();
    this.folder = checkout;
    Path logs = this.log.getParent();
    if (logs != null) {
      Files.createDirectories(logs);
    }
    Files.deleteIfExists(this.log);
  }

  /**
   * How any program is started: this JDK, with the images' collector. Options, class path and main
   * class follow.
   *
   * @param processors as {@code taskset -c} takes them
   * @param heap as {@code -Xmx} takes it
   */
  public static List<String> command(String processors, String heap) {
    return new ArrayList<>(
        List.of(
            "taskset",
            "-c",
            processors,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms" + heap,
            "-Xmx" + heap,
            "-XX:+UseSerialGC"));
  }

  /**
   * Starts one.
   *
   * @param processors as {@code taskset -c} takes them
   */
  public Process start(String processors, String heap, Class<?> program, List<String> arguments)
      throws IOException {
    List<String> command = command(processors, heap);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /**
   * Runs one to its end.
   *
   * @throws IOException if it could not be started, failed, or did not end
   */
  public void run(String processors, String heap, Class<?> program, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = start(processors, heap, program, arguments);
    try {
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException(program.getSimpleName() + " did not end; see " + log);
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            program.getSimpleName() + " ended with " + process.exitValue() + "; see " + log);
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
