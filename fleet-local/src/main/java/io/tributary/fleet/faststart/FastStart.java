package io.tributary.fleet.faststart;

import io.tributary.fleet.layout.Checkout;
import io.tributary.fleet.layout.FleetLock;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.layout.Service;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Archives of loaded classes, one a service: a process that has one starts in a fraction of the
 * time. An archive is made by rehearsing the service once and belongs to one exact class path. A
 * service whose archive could not be made starts without: slower, never not.
 */
public final class FastStart {

  /** As many as a small machine has cores. */
  private static final int REHEARSALS_AT_ONCE = 2;

  private final Path cache;
  private final Checkout checkout;
  private final Jdks jdks;
  private final boolean enabled;
  private volatile boolean ending;

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
   * Rehearses the services that have no archive, one launcher of a home at a time. A failure is
   * told and not tried again until the class path changes. When this process is told to end in the
   * middle of it, the rehearsals end with it.
   */
  public void prepare(Consumer<String> tell) throws IOException, InterruptedException {
    try (FleetLock _ =
        FleetLock.take(
            lockFile(cache), () -> tell.accept("another ./tributary is at it; waiting ..."))) {
      // Asked again: the other one may have made them.
      List<Service> services = missing();
      if (!services.isEmpty()) {
        rehearse(services, tell);
      }
    }
  }

  /**
   * Ends rehearsals whose launcher was killed. Those of one that still lives are its own to end.
   *
   * @param cache where the archives would have gone
   * @return the names of those that there were
   */
  public static List<String> endLeftOver(Path cache) throws IOException, InterruptedException {
    Optional<FleetLock> lock = FleetLock.takeNow(lockFile(cache));
    if (lock.isEmpty()) {
      return List.of();
    }
    try (FleetLock _ = lock.get()) {
      return Rehearsals.processes(cache).killAll();
    }
  }

  private void rehearse(List<Service> services, Consumer<String> tell)
      throws IOException, InterruptedException {
    Rehearsals rehearsals = new Rehearsals(cache, checkout, jdks);
    Thread stop = Thread.ofPlatform().unstarted(() -> stop(rehearsals, tell));
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      rehearseAll(rehearsals, services, tell);
    } finally {
      disarm(stop);
    }
    rehearsals.clear();
    deleteOld();
  }

  private void rehearseAll(Rehearsals rehearsals, List<Service> services, Consumer<String> tell)
      throws IOException, InterruptedException {
    try (ServerSocket _ = Rehearsals.reservePorts();
        ExecutorService executor = Executors.newFixedThreadPool(REHEARSALS_AT_ONCE)) {
      rehearsals.prepare();
      List<Callable<Void>> all = new ArrayList<>();
      for (Service service : services) {
        all.add(() -> {
          rehearse(rehearsals, service, tell);
          return null;
        });
      }
      for (Future<Void> done : executor.invokeAll(all)) {
        done.get();
      }
    } catch (BindException e) {
      tell.accept("no fast start this time: another ./tributary of this machine prepares its own");
    } catch (ExecutionException e) {
      if (!ending) {
        tell.accept("no fast start this time: " + e.getMessage());
      }
    }
  }

  /** Does not return once this process is ending: the lock is held until the hook is done. */
  private static void disarm(Thread stop) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException e) {
      new CountDownLatch(1).await();
    }
  }

  private void rehearse(Rehearsals rehearsals, Service service, Consumer<String> tell)
      throws IOException, InterruptedException {
    tell.accept("preparing fast start: " + service.id());
    Path archive = archive(service);
    Path next = archive.resolveSibling(archive.getFileName() + ".next");
    Files.deleteIfExists(next);
    String option =
        service == Service.CASSANDRA
            ? "-XX:ArchiveClassesAtExit=" + next
            : "-XX:AOTCacheOutput=" + next;
    switch (rehearsals.rehearse(service, option, next)) {
      case Rehearsals.Outcome.Played() -> Files.move(next, archive, StandardCopyOption.ATOMIC_MOVE);
      case Rehearsals.Outcome.Failed(Path log) when !ending -> giveUp(service, log, tell);
      case Rehearsals.Outcome.Failed(Path _) -> {}
      case Rehearsals.Outcome.Hindered(String reason) ->
          tell.accept("no fast start for " + service.id() + " this time: " + reason);
    }
  }

  private void giveUp(Service service, Path log, Consumer<String> tell) throws IOException {
    Path kept = cache.resolve("rehearsal-of-" + service.id() + ".log");
    Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(failed(archive(service)), "see " + kept);
    tell.accept("no fast start for " + service.id() + " (see " + kept + "); it starts without");
  }

  private void stop(Rehearsals rehearsals, Consumer<String> tell) {
    ending = true;
    try {
      rehearsals.stop();
    } catch (IOException e) {
      tell.accept("a rehearsal goes on: " + e.getMessage() + ". Try: ./tributary down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path lockFile(Path cache) {
    return cache.resolve("rehearsal.lock");
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
}
