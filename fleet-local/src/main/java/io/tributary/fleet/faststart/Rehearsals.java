package io.tributary.fleet.faststart;

import io.tributary.ctl.keys.FleetKeys;
import io.tributary.fleet.definition.Definition;
import io.tributary.fleet.definition.FleetDefinition;
import io.tributary.fleet.layout.Checkout;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.probe.Probing;
import io.tributary.fleet.process.PortOwner;
import io.tributary.fleet.process.ProcessSpec;
import io.tributary.fleet.process.ProcessTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A fleet of its own in which services are started once, each alone with nothing to depend on, and
 * ended when they are ready. Its processes have files like any fleet's, so that those of a killed
 * launcher are found. Safe for use by many threads.
 */
final class Rehearsals {

  /** Far from the fleets' blocks, which grow upwards from 21000. */
  private static final PortBlock PORTS = new PortBlock(20_500);

  /** No process listens on the block's last port: who holds it has the block. */
  private static final int RESERVATION = PORTS.base() + PortBlock.SIZE - 1;

  /** A rehearsal takes a few seconds; on a busy machine many more. */
  private static final Duration READY_AT_MOST = Duration.ofMinutes(2);

  /** Writing the archive is part of ending. */
  private static final Duration END_AT_MOST = Duration.ofMinutes(2);

  private final FleetFolder folder;
  private final FleetKeys keys;
  private final FleetDefinition fleet;
  private final ProcessTable processes;

  Rehearsals(Path cache, Checkout checkout, Jdks jdks) {
    this.folder = folder(cache);
    this.keys = new FleetKeys(folder.keys(), Jdks.tool(jdks.current(), "keytool"), List.of());
    FleetPlan plan = FleetPlan.first(folder.name(), PORTS);
    this.fleet = new FleetDefinition(plan, folder, keys, checkout, jdks);
    this.processes = processes(cache);
  }

  /** What became of a rehearsal. */
  sealed interface Outcome {
    /** It was ready, and wrote its file. */
    record Played() implements Outcome {}

    /** It was not ready or wrote nothing, and would fare no better the next time. */
    record Failed(Path log) implements Outcome {}

    /** Something stood in the way that may be gone the next time. */
    record Hindered(String reason) implements Outcome {}
  }

  /** Those that a fleet's launcher started; the caller knows whether it still lives. */
  static ProcessTable processes(Path cache) {
    return new ProcessTable(folder(cache).run());
  }

  /** Held by the one home of this machine that rehearses; the kernel lets go of it. */
  static ServerSocket reservePorts() throws IOException {
    return new ServerSocket(RESERVATION, 1, InetAddress.getLoopbackAddress());
  }

  /** Begins with nothing of an earlier time, not even its processes. */
  void prepare() throws IOException, InterruptedException {
    processes.killAll();
    clear();
    folder.make();
    keys.makeMissing();
    fleet.configure();
  }

  /**
   * Starts a service and ends it when it is ready.
   *
   * @param option of its JVM that has it write a file when it ends
   * @param written that file
   */
  Outcome rehearse(Service service, String option, Path written)
      throws IOException, InterruptedException {
    Definition definition = fleet.of(new FleetPlan.Member(service, 1));
    String name = definition.name();
    for (int port : definition.realPorts()) {
      Optional<PortOwner> owner = PortOwner.of(port);
      if (owner.isPresent()) {
        return new Outcome.Hindered("port " + port + " is taken by " + owner.get().words());
      }
    }
    Path log = folder.log(name);
    List<String> preparation = fleet.preparation(service);
    if (!preparation.isEmpty()) {
      new ProcessBuilder(preparation)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start()
          .waitFor();
    }
    processes.start(
        new ProcessSpec(name, fleet.command(definition, List.of(option)), folder.data(name), log));
    boolean ready = awaitReady(definition);
    processes.askToEnd(name);
    if (!processes.awaitEnd(name, END_AT_MOST)) {
      processes.signal(name, "KILL");
    }
    return ready && Files.exists(written) ? new Outcome.Played() : new Outcome.Failed(log);
  }

  /** Ends those that go on, and lets none begin. */
  void stop() throws IOException, InterruptedException {
    processes.startNothingMore();
    processes.killAll();
  }

  /** Leaves nothing on the disk. */
  void clear() throws IOException {
    if (!Files.exists(folder.home())) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder.home())) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private boolean awaitReady(Definition definition) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Probing probing = new Probing(http);
      long deadline = System.nanoTime() + READY_AT_MOST.toNanos();
      while (!probing.isReady(definition.probe())) {
        if (processes.pid(definition.name()).isEmpty() || System.nanoTime() > deadline) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      return true;
    }
  }

  private static FleetFolder folder(Path cache) {
    return new FleetFolder(cache.resolve("rehearsal"), "rehearsal");
  }
}
