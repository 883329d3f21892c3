package io.tributary.fleet.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of one fleet: {@code data} outlives {@code down}, {@code logs} has a file a process,
 * {@code run} tells which processes there are, {@code keys} is for nobody else's eyes, {@code
 * config} is written anew at each start.
 *
 * @param home holding every fleet and what they share; {@code .tributary} of the checkout unless
 *     {@code TRIBUTARY_HOME} says otherwise
 * @param name of the fleet
 */
public record FleetFolder(Path home, String name) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public FleetFolder {
    FleetPlan.checkName(name);
  }

  /** The fleet's own folder. */
  public Path root() {
    return home.resolve("fleets").resolve(name);
  }

  /** What a process keeps. */
  public Path data(String process) {
    return root().resolve("data").resolve(process);
  }

  /** Everything the fleet keeps. */
  public Path data() {
    return root().resolve("data");
  }

  /** The fleet's own configuration, written at each start. */
  public Path config() {
    return root().resolve("config");
  }

  /** A file of the fleet's own configuration. */
  public Path config(String file) {
    return config().resolve(file);
  }

  /** Process files. */
  public Path run() {
    return root().resolve("run");
  }

  /** A process's log. */
  public Path log(String process) {
    return root().resolve("logs").resolve(process + ".log");
  }

  /** Keys and certificates. */
  public Path keys() {
    return root().resolve("keys");
  }

  /** What all fleets share and may lose: archives for a fast start. */
  public Path cache() {
    return home.resolve("cache");
  }

  /** Makes the folders that are missing. */
  public void make() throws IOException {
    for (String folder : List.of("data", "config", "run", "logs")) {
      Files.createDirectories(root().resolve(folder));
    }
    Files.createDirectories(cache());
  }

  /** The plan of the fleet that is here; empty before its first {@code up}. */
  public Optional<FleetPlan> plan() throws IOException {
    Path file = root().resolve("fleet.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Optional.of(JSON.readValue(Files.readAllBytes(file), FleetPlan.class));
  }

  /** Replaces the plan as a whole. */
  public void keep(FleetPlan plan) throws IOException {
    Path file = root().resolve("fleet.json");
    Path next = root().resolve("fleet.json.next");
    Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(plan));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The port bases of every fleet of this home. */
  public Set<Integer> takenPortBases() throws IOException {
    Set<Integer> taken = new HashSet<>();
    Path fleets = home.resolve("fleets");
    if (!Files.isDirectory(fleets)) {
      return taken;
    }
    try (Stream<Path> names = Files.list(fleets)) {
      for (String fleet : names.map(path -> String.valueOf(path.getFileName())).toList()) {
        if (fleet.matches(FleetPlan.NAME_PATTERN)) {
          new FleetFolder(home, fleet).plan().ifPresent(plan -> taken.add(plan.portBase()));
        }
      }
    }
    return taken;
  }
}
