package io.tributary.fleet.process;

import io.tributary.fleet.process.ProcessState.Frozen;
import io.tributary.fleet.process.ProcessState.Gone;
import io.tributary.fleet.process.ProcessState.Orphans;
import io.tributary.fleet.process.ProcessState.Running;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes of one fleet. Each leads a session of its own, so that a Ctrl-C meant for the
 * launcher does not reach it and what it starts can be told from all else, and each writes its own
 * file before it becomes the program, so that no kill of the launcher leaves a process without one.
 *
 * <p>Starting and stopping is for one caller at a time (see {@code FleetLock}); looking is safe for
 * many threads and processes.
 */
public final class ProcessTable {

  /** Written by the process itself; `exec` keeps pid and start time. */
  private static final String INTRODUCE_THEN_BECOME =
      "cat /proc/sys/kernel/random/boot_id /proc/$$/stat > \"$0.next\""
          + " && mv \"$0.next\" \"$0\" && exec \"$@\"";

  private static final String SUFFIX = ".process";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final long LARGEST_LOG_BYTES = 32L * 1024 * 1024;
  private static final Duration INTRODUCTION = Duration.ofSeconds(10);
  private static final Duration DEATH = Duration.ofSeconds(10);

  private final Path folder;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private boolean startsNothing;

  /**
   * A table.
   *
   * @param folder of its process files; exists before the first start
   */
  public ProcessTable(Path folder) {
    this.folder = folder;
  }

  /** The names of all processes that were started and not forgotten since. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** Whether any of them has not ended. */
  public boolean anyRuns() throws IOException {
    for (String name : names()) {
      if (pid(name).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** What has become of the process of this name. */
  public ProcessState state(String name) throws IOException {
    Path file = file(name);
    if (!Files.exists(file)) {
      return new Gone();
    }
    ProcessIdentity identity;
    try {
      identity = ProcessIdentity.parse(Files.readString(file));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // It appears whole while the machine runs, so a power cut tore it, and ended the process.
      warnOnce(file + " is damaged, so " + name + " is taken for ended");
      return new Gone();
    }
    if (!identity.bootId().equals(ProcFs.bootId())) {
      return new Gone();
    }
    ProcStat stat = ProcFs.stat(identity.pid()).orElse(null);
    if (stat != null && stat.startTicks() != identity.startTicks()) {
      return new Gone();
    }
    if (stat != null && stat.state() != 'Z') {
      return stat.state() == 'T' ? new Frozen(identity.pid()) : new Running(identity.pid());
    }
    // The kernel gives no new process the id of a session that still has members.
    return ProcFs.session(identity.pid()).isEmpty() ? new Gone() : new Orphans(identity.pid());
  }

  /** The pid of a process that has not ended. */
  public OptionalLong pid(String name) throws IOException {
    return switch (state(name)) {
      case Running(long pid) -> OptionalLong.of(pid);
      case Frozen(long pid) -> OptionalLong.of(pid);
      case Orphans(long _), Gone() -> OptionalLong.empty();
    };
  }

  /** When a process that has not ended was started. */
  public Optional<Instant> startedAt(String name) throws IOException {
    return pid(name).isPresent()
        ? Optional.of(Files.getLastModifiedTime(file(name)).toInstant())
        : Optional.empty();
  }

  /**
   * Starts a process and returns when it has introduced itself.
   *
   * @return its pid
   * @throws IOException if it could not be started, runs already, or is no longer to be started
   */
  public synchronized long start(ProcessSpec spec) throws IOException, InterruptedException {
    if (startsNothing) {
      throw new IOException(spec.name() + " is not started: this ./tributary is ending");
    }
    switch (state(spec.name())) {
      case Running(long pid) ->
          throw new IOException(spec.name() + " runs already as process " + pid);
      case Frozen(long pid) ->
          throw new IOException(
              spec.name()
                  + " is frozen (process "
                  + pid
                  + "). Try: ./tributary thaw "
                  + spec.name());
      case Orphans(long session) -> signalSession(session, "KILL");
      case Gone() -> {}
    }
    Files.createDirectories(spec.workingDirectory());
    keepLogBounded(spec.log());
    Path file = file(spec.name());
    Files.deleteIfExists(file);
    List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", INTRODUCE_THEN_BECOME));
    command.add(file.toAbsolutePath().toString());
    command.addAll(spec.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(spec.workingDirectory().toFile())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(spec.log().toFile()));
    // A JVM's many short-lived native threads would each keep an arena; two are plenty here.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    Process process = builder.start();
    long deadline = System.nanoTime() + INTRODUCTION.toNanos();
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException(spec.name() + " did not start. See " + spec.log());
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return process.pid();
  }

  /** Starts nothing any more; a start under way is over when this returns. */
  public synchronized void startNothingMore() {
    startsNothing = true;
  }

  /**
   * Sends a signal to a process and all that it started.
   *
   * @param signal such as {@code TERM}
   * @return whether there was anything to send it to
   */
  public boolean signal(String name, String signal) throws IOException, InterruptedException {
    return switch (state(name)) {
      case Running(long pid) -> signalSession(pid, signal);
      case Frozen(long pid) -> signalSession(pid, signal);
      case Orphans(long session) -> signalSession(session, signal);
      case Gone() -> false;
    };
  }

  /** Asks only the process itself to end; it ends what it started. */
  public void askToEnd(String name) throws IOException, InterruptedException {
    switch (state(name)) {
      case Running(long pid) -> send("TERM", List.of(pid));
      case Frozen(long pid) -> {
        send("TERM", List.of(pid));
        signalSession(pid, "CONT");
      }
      case Orphans(long session) -> signalSession(session, "KILL");
      case Gone() -> {}
    }
  }

  /**
   * Waits for the end of a process and of all that it started.
   *
   * @return whether it came in time
   */
  public boolean awaitEnd(String name, Duration atMost) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!(state(name) instanceof Gone)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      if (state(name) instanceof Orphans(long session)) {
        signalSession(session, "KILL");
      }
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    }
    return true;
  }

  /**
   * Kills every process with all that it started, and drops its file.
   *
   * @return the names of those that there were
   * @throws IOException if one would not die
   */
  public List<String> killAll() throws IOException, InterruptedException {
    List<String> killed = new ArrayList<>();
    for (String name : names()) {
      if (signal(name, "KILL")) {
        killed.add(name);
      }
    }
    for (String name : names()) {
      if (!awaitEnd(name, DEATH)) {
        throw new IOException(name + " cannot be killed. Look at it with: ps aux");
      }
      forget(name);
    }
    return killed;
  }

  /** Drops the file of a process that is gone. */
  public void forget(String name) throws IOException {
    Files.deleteIfExists(file(name));
  }

  private void warnOnce(String warning) {
    if (warned.add(warning)) {
      System.err.println("tributary: " + warning);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  private static boolean signalSession(long session, String signal)
      throws IOException, InterruptedException {
    List<Long> members = ProcFs.session(session).stream().map(ProcStat::pid).toList();
    send(signal, members);
    return !members.isEmpty();
  }

  /** One that ended in between is no failure: the states are looked at again afterwards. */
  private static void send(String signal, List<Long> pids)
      throws IOException, InterruptedException {
    if (pids.isEmpty()) {
      return;
    }
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "kill -s \"$0\" \"$@\" 2>/dev/null", signal));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static void keepLogBounded(Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
