package io.tributary.fleet.lifecycle;

import io.tributary.fleet.process.ProcessTable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Stops every process that a fleet's files name, those that depend on others first. The caller
 * holds the fleet's lock. Works from the files alone: no plan is needed, nor the launcher that
 * started them.
 */
public final class FleetStopper {

  /** Services promise to end within ten seconds; Cassandra takes about five. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration AFTER_KILL = Duration.ofSeconds(10);

  /** Each wave may depend on those after it. */
  private static final List<List<String>> WAVES =
      List.of(
          List.of("oca-node", "api-gateway", "media-pipeline", "playback-service"),
          List.of("steering-service", "oca-control-plane"),
          List.of("cassandra", "kafka", "object-store", "fault-proxy"));

  private final ProcessTable processes;

  /** A stopper of the fleet with these processes. */
  public FleetStopper(ProcessTable processes) {
    this.processes = processes;
  }

  /**
   * Stops all.
   *
   * @return the names of those that ran
   * @throws FleetException if one would not end
   */
  public List<String> stopAll(Progress progress) throws IOException, InterruptedException {
    List<String> stopped = new ArrayList<>();
    for (List<String> wave : WAVES) {
      stop(
          processes.names().stream()
              .filter(name -> wave.stream().anyMatch(name::startsWith))
              .toList(),
          progress,
          stopped);
    }
    stop(processes.names(), progress, stopped);
    return stopped;
  }

  private void stop(List<String> names, Progress progress, List<String> stopped)
      throws IOException, InterruptedException {
    for (String name : names) {
      if (processes.pid(name).isPresent()) {
        stopped.add(name);
      }
      processes.askToEnd(name);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (String name : names) {
      progress.waitingFor(name);
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!processes.awaitEnd(name, left)) {
        progress.tell("  " + name + " did not end within " + PATIENCE.toSeconds() + " s: killed");
        processes.signal(name, "KILL");
        if (!processes.awaitEnd(name, AFTER_KILL)) {
          throw new FleetException(name + " cannot be killed. Look at it with: ps aux");
        }
      }
      processes.forget(name);
    }
  }
}
