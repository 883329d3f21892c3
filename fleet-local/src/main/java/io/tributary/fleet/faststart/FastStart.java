package io.tributary.fleet.faststart;

import io.tributary.fleet.definition.Definition;
import io.tributary.fleet.definition.FleetDefinition;
import io.tributary.fleet.keys.FleetKeys;
import io.tributary.fleet.layout.Checkout;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.layout.Service;
import io.tributary.fleet.probe.Probe;
import io.tributary.fleet.probe.Probing;
import io.tributary.fleet.process.ProcessSpec;
import io.tributary.fleet.process.ProcessTable;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Archives of loaded classes, one a service: a process that has one starts in a fraction of the
 * time. An archive is made by rehearsing the service once, in a fleet of its own with nothing to
 * depend on (every service starts so), and belongs to one exact class path. A service whose archive
 * could not be made starts without: slower, never not.
 */
public final class FastStart {

  /** A rehearsal takes a few seconds; on a busy machine many more. */
  private static final Duration READY_AT_MOST = Duration.ofMinutes(2);

  /** Writing the archive is part of ending. */
  private static final Duration END_AT_MOST = Duration.ofMinutes(2);

  /** As many as a small machine has cores. */
  private static final int REHEARSALS_AT_ONCE = 2;

  /** Far from the fleets' blocks, which grow upwards from 21000. */
  private static final int REHEARSAL_PORT_BASE = 20_500;

  private final Path cache;
  private final Checkout checkout;
  private final Jdks jdks;
  private final boolean enabled;

  /**
   * Archives in a folder.
   *
   * @param cache made when missing
   * @param enabled whether there are to be any
   */
  public FastStart(Path cache, Checkout checkout, Jdks jdks, boolean enabled) {
    this.cache = cache;
    this.checkout = checkout;
    this.jdks = jdks;
    this.enabled = enabled;
  }

  /** Options that name a service's archive; none when there is none. */
  public List<String> options(Service service) throws IOException {
    if (!enabled) {
      return List.of();
    }
    Path archive = archive(service);
    if (!Files.exists(archive)) {
      return List.of();
    }
    return service == Service.CASSANDRA
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
        : List.of("-XX:AOTCache=" + archive, "-Xlog:aot=off", "-Xlog:cds=off");
  }

  /** The services that start slower than they could. */
  public List<Service> missing() throws IOException {
    List<Service> missing = new ArrayList<>();
    for (Service service : Service.values()) {
      if (enabled && !Files.exists(archive(service)) && !Files.exists(failed(archive(service)))) {
        missing.add(service);
      }
    }
    return missing;
  }

  /**
   * Rehearses the services that have no archive; a failure is told and not tried again until the
   * class path changes.
   */
  public void prepare(List<Service> services, Consumer<String> tell)
      throws IOException, InterruptedException {
    Path home = cache.resolve("rehearsal");
    delete(home);
    FleetFolder folder = new FleetFolder(home, "rehearsal");
    folder.make();
    FleetPlan plan = FleetPlan.first("rehearsal", new PortBlock(REHEARSAL_PORT_BASE));
    FleetKeys keys = new FleetKeys(folder.keys(), Jdks.tool(jdks.current(), "keytool"));
    keys.makeMissing(null);
    FleetDefinition fleet = new FleetDefinition(plan, folder, keys, checkout, jdks);
    fleet.configure();
    List<Callable<Void>> rehearsals = new ArrayList<>();
    for (Service service : services) {
      rehearsals.add(() -> {
        rehearse(fleet, folder, service, tell);
        return null;
      });
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(REHEARSALS_AT_ONCE)) {
      for (Future<Void> done : executor.invokeAll(rehearsals)) {
        done.get();
      }
    } catch (ExecutionException e) {
      tell.accept("no fast start this time: " + e.getMessage());
    }
    delete(home);
    deleteOld();
  }

  private void rehearse(
      FleetDefinition fleet, FleetFolder folder, Service service, Consumer<String> tell)
      throws IOException, InterruptedException {
    tell.accept("preparing fast start: " + service.id());
    Path archive = archive(service);
    Path next = archive.resolveSibling(archive.getFileName() + ".next");
    Files.deleteIfExists(next);
    Definition definition = fleet.of(new FleetPlan.Member(service, 1));
    String name = definition.name();
    ProcessTable processes = new ProcessTable(folder.run());
    List<String> preparation = fleet.preparation(service);
    if (!preparation.isEmpty()) {
      new ProcessBuilder(preparation)
          .redirectErrorStream(true)
          .redirectOutput(folder.log(name).toFile())
          .start()
          .waitFor();
    }
    String option =
        service == Service.CASSANDRA
            ? "-XX:ArchiveClassesAtExit=" + next
            : "-XX:AOTCacheOutput=" + next;
    processes.start(
        new ProcessSpec(
            name, fleet.command(definition, List.of(option)), folder.data(name), folder.log(name)));
    boolean ready = awaitReady(processes, definition);
    processes.askToEnd(name);
    if (!processes.awaitEnd(name, END_AT_MOST)) {
      processes.signal(name, "KILL");
    }
    if (ready && Files.exists(next)) {
      Files.move(next, archive, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Path log = cache.resolve("rehearsal-of-" + service.id() + ".log");
      Files.copy(folder.log(name), log, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(failed(archive), "see " + log);
      tell.accept("no fast start for " + service.id() + " (see " + log + "); it starts without");
    }
  }

  private static boolean awaitReady(ProcessTable processes, Definition definition)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Probing probing = new Probing(http);
      Probe probe = definition.probe();
      long deadline = System.nanoTime() + READY_AT_MOST.toNanos();
      while (!probing.isReady(probe)) {
        if (processes.pid(definition.name()).isEmpty() || System.nanoTime() > deadline) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      return true;
    }
  }

  /** Named after what it is good for: this JDK, this class path, these options. */
  private Path archive(Service service) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing in this JDK", e);
    }
    Path jdk = service == Service.CASSANDRA ? jdks.cassandra() : jdks.current();
    digest.update((jdk + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(Files.readAllBytes(jdk.resolve("release")));
    for (Path jar : checkout.classPath(service)) {
      String line =
          jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    String hash = HexFormat.of().formatHex(digest.digest(), 0, 8);
    return cache.resolve(service.id() + "-" + hash + ".archive");
  }

  private static Path failed(Path archive) {
    return archive.resolveSibling(archive.getFileName() + ".failed");
  }

  private void deleteOld() throws IOException {
    List<String> current = new ArrayList<>();
    for (Service service : Service.values()) {
      current.add(String.valueOf(archive(service).getFileName()));
    }
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.contains(".archive") && current.stream().noneMatch(name::startsWith)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
