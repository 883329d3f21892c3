package io.tributary.fleet.lifecycle;

import io.tributary.fleet.definition.Definition;
import io.tributary.fleet.faststart.FastStart;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.probe.Probing;
import io.tributary.fleet.process.PortOwner;
import io.tributary.fleet.process.ProcessSpec;
import io.tributary.fleet.process.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts the processes of a fleet and waits for them. The caller holds the fleet's lock. Nothing is
 * started again by itself: a process that dies stays dead until somebody says {@code start}.
 */
public final class FleetStarter {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final int LOG_LINES = 15;
  private static final long LEAST_FREE_BYTES = 2L * 1024 * 1024 * 1024;

  private final FleetContext fleet;
  private final FastStart fastStart;
  private final Probing probing;

  /** A starter of one fleet's processes. */
  public FleetStarter(FleetContext fleet, FastStart fastStart) {
    this.fleet = fleet;
    this.fastStart = fastStart;
    this.probing = new Probing(fleet.http());
  }

  /** Those of the plan that do not run. */
  public List<Definition> missing() throws IOException {
    List<Definition> missing = new ArrayList<>();
    for (Definition definition : fleet.definition().all()) {
      if (fleet.processes().pid(definition.name()).isEmpty()) {
        missing.add(definition);
      }
    }
    return missing;
  }

  /**
   * Looks whether these can be started at all.
   *
   * @throws FleetException that names what stands in the way
   */
  public void checkRoom(List<Definition> definitions) throws IOException {
    long free = Files.getFileStore(fleet.folder().root()).getUsableSpace();
    if (free < LEAST_FREE_BYTES) {
      throw new FleetException(
          "only %d MiB are free on the disk of %s (expected: at least %d MiB). Free some, or set TRIBUTARY_HOME to a folder on another disk"
              .formatted(
                  free / 1024 / 1024, fleet.folder().root(), LEAST_FREE_BYTES / 1024 / 1024));
    }
    List<String> taken = new ArrayList<>();
    for (Definition definition : definitions) {
      for (int port : definition.realPorts()) {
        Optional<PortOwner> owner = PortOwner.of(port);
        owner.ifPresent(found ->
            taken.add(
                "port %d, which %s needs, is taken by %s"
                    .formatted(port, definition.name(), found.words())));
      }
    }
    if (!taken.isEmpty()) {
      throw new FleetException(
          String.join("\n", taken)
              + "\nStop it (if it is a fleet of another checkout: ./tributary down there), or start this"
              + " fleet under another name: ./tributary up --fleet NAME");
    }
  }

  /**
   * Refuses to wait for what somebody stopped on purpose.
   *
   * @throws FleetException that names them, and how to let them go on
   */
  public void checkNoneIsFrozen() throws IOException {
    List<String> frozen = new ArrayList<>();
    for (Definition definition : fleet.definition().all()) {
      if (fleet.processes().state(definition.name()) instanceof ProcessState.Frozen) {
        frozen.add(
            "%s is frozen. Let it go on: %s"
                .formatted(definition.name(), fleet.word("thaw " + definition.name())));
      }
    }
    if (!frozen.isEmpty()) {
      throw new FleetException(String.join("\n", frozen));
    }
  }

  /** Starts one process; it is not ready yet. */
  public void start(Definition definition) throws IOException, InterruptedException {
    Service service = definition.member().service();
    Path log = fleet.folder().log(definition.name());
    List<String> preparation = fleet.definition().preparation(service);
    if (!preparation.isEmpty()) {
      int exit =
          new ProcessBuilder(preparation)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start()
              .waitFor();
      if (exit != 0) {
        throw new FleetException(definition.name() + " could not be prepared. See " + log);
      }
    }
    fleet
        .processes()
        .start(
            new ProcessSpec(
                definition.name(),
                fleet.definition().command(definition, fastStart.options(service)),
                fleet.folder().data(definition.name()),
                log));
  }

  /**
   * Waits until all of these are ready.
   *
   * @throws FleetException if one ends before it is, or time runs out; with the end of its log
   */
  public void awaitReady(List<Definition> definitions, Duration atMost, Progress progress)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    List<Definition> waiting = new ArrayList<>(definitions);
    while (!waiting.isEmpty()) {
      Definition next = waiting.getFirst();
      if (probing.isReady(next.probe())) {
        waiting.removeFirst();
        continue;
      }
      progress.waitingFor(next.name());
      for (Definition definition : waiting) {
        if (fleet.processes().pid(definition.name()).isEmpty()) {
          throw new FleetException(definition.name() + " ended at once.\n" + endOfLog(definition));
        }
      }
      if (System.nanoTime() > deadline) {
        throw new FleetException(
            "%s is not ready after %d s.\n%s"
                .formatted(next.name(), atMost.toSeconds(), endOfLog(next)));
      }
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    }
  }

  private String endOfLog(Definition definition) throws IOException {
    Path log = fleet.folder().log(definition.name());
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return "The end of "
        + log
        + ":\n  "
        + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()))
        + "\nMore of it: "
        + fleet.word("logs " + definition.name());
  }
}
