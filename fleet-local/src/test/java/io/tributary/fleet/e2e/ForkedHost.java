package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.fleet.layout.Door;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.PortBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes of this machine, by the script's own words. */
final class ForkedHost implements FleetHost {
  private static final String NAME = "e2e";

  /** Beyond it a word hangs; only {@code up} and {@code ingest} come near. */
  private static final Duration WORD_BOUND = Duration.ofMinutes(15);

  private final Path root = Fleet.repositoryRoot();

  @Override
  public Fleet.Said word(String word, List<String> arguments) {
    return word(word, arguments, Map.of());
  }

  /** A process that it starts has these settings, too. */
  private Fleet.Said word(String word, List<String> arguments, Map<String, String> settings) {
    List<String> command =
        new ArrayList<>(List.of(root.resolve("tributary").toString(), word, "--fleet", NAME));
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile("word", ".out");
      Path err = Files.createTempFile("word", ".err");
      ProcessBuilder builder = new ProcessBuilder(command);
      // Maven has just built what the words run.
      builder.environment().put("TRIBUTARY_BUILD", "never");
      builder.environment().putAll(settings);
      Process process =
          builder
              .directory(root.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(WORD_BOUND.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " still runs after " + WORD_BOUND);
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

  @Override
  public void up() {
    Fleet.Said said =
        word(
            "up",
            List.of(
                "--detach",
                "--replicas",
                "playback-service=2",
                "--replicas",
                "steering-service=2"));
    assertThat(said.exit()).as("up said: %s%n%s", said.out(), said.err()).isZero();
  }

  @Override
  public void forgetEverything() {
    word("down", List.of());
    if (!Files.exists(home())) {
      return;
    }
    try (Stream<Path> tree = Files.walk(home())) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void startWithRoutes(String node, String source, String path) {
    word("kill", List.of(node));
    Fleet.Said said =
        word(
            "start",
            List.of(node),
            Map.of(
                "OCA_ROUTES_SOURCE",
                source,
                "OCA_ROUTES_PATH",
                data(node).resolve(path).toString()));
    assertThat(said.exit()).as("start said: %s%n%s", said.out(), said.err()).isZero();
  }

  @Override
  public Path data(String process) {
    return home().resolve("data").resolve(process);
  }

  @Override
  public List<Path> everyData() {
    return List.of(home().resolve("data"));
  }

  @Override
  public Path secret(String place) {
    return home().resolve("keys").resolve(place);
  }

  @Override
  public URI management(String process) {
    int instance = Integer.parseInt(process.substring(process.lastIndexOf('-') + 1));
    return URI.create("http://127.0.0.1:" + ports().managementPort(Door.NODE_MEDIA, instance));
  }

  @Override
  public URI nodeDoor() {
    return URI.create("https://127.0.0.1:" + ports().publicPort(Door.NODE_DOOR, 1));
  }

  @Override
  public URI steeringFace() {
    return URI.create("http://127.0.0.1:" + ports().publicPort(Door.STEERING_FACE, 1));
  }

  @Override
  public void close() {
    word("down", List.of());
  }

  private Path home() {
    return root.resolve(".tributary/fleets").resolve(NAME);
  }

  private PortBlock ports() {
    try {
      FleetPlan plan = new FleetFolder(root.resolve(".tributary"), NAME).plan().orElseThrow();
      return plan.ports();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
