package io.tributary.fleet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The container engine of this machine, by its own command line. Safe for use by many threads. */
final class Engine {
  private static final Duration BOUND = Duration.ofMinutes(9);

  private final Path folder;
  private final List<String> compose;

  /**
   * The engine that DOCKER_HOST names.
   *
   * @param folder with the compose file
   * @param project whose containers it is about
   */
  Engine(Path folder, String project) {
    this.folder = folder;
    List<String> command = new ArrayList<>();
    if (run(List.of("docker", "compose", "version")).exit() == 0) {
      command.addAll(List.of("docker", "compose"));
    } else {
      command.add("docker-compose");
    }
    command.addAll(List.of("-p", project));
    this.compose = List.copyOf(command);
  }

  /** {@code docker …}, which must succeed; what it printed. */
  String docker(String... words) {
    return must(with(List.of("docker"), words));
  }

  /** {@code docker …}, whatever comes of it. */
  Fleet.Said tryDocker(String... words) {
    return run(with(List.of("docker"), words));
  }

  /** {@code docker compose …}, which must succeed; what it printed. */
  String compose(String... words) {
    return must(with(compose, words));
  }

  private String must(List<String> command) {
    Fleet.Said said = run(command);
    if (said.exit() != 0) {
      throw new AssertionError(
          command + " ended with " + said.exit() + ": " + said.out() + said.err());
    }
    return said.out();
  }

  private Fleet.Said run(List<String> command) {
    try {
      Path out = Files.createTempFile("engine", ".out");
      Path err = Files.createTempFile("engine", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("DOCKER_BUILDKIT", "0");
      builder.environment().put("COMPOSE_DOCKER_CLI_BUILD", "0");
      Process process = builder.start();
      if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            command + " still runs after " + BOUND + ": " + Files.readString(err));
      }
      Fleet.Said said =
          new Fleet.Said(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + command, e);
    }
  }

  private static List<String> with(List<String> command, String... words) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(words));
    return all;
  }
}
