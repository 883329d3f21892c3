package io.tributary.oca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A systemd of its own over this machine's file system, of which nothing is changed: what is
 * written goes to memory, and ends with the machine.
 */
final class SystemdMachine implements AutoCloseable {
  private static final Duration BOOT = Duration.ofSeconds(20);
  private static final Path SYSTEMD = Path.of("/lib/systemd/systemd");

  private final Process namespaces;
  private final ProcessHandle systemd;

  private SystemdMachine(Process namespaces, ProcessHandle systemd) {
    this.namespaces = namespaces;
    this.systemd = systemd;
  }

  /** This one cannot have another inside. */
  static final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    UnavailableException(String reason) {
      super(reason);
    }
  }

  /** Boots one below a directory that need not be there. */
  static SystemdMachine boot(Path directory)
      throws IOException, InterruptedException, UnavailableException {
    if (!Command.isRoot()) {
      throw new UnavailableException("a machine with systemd is booted by root only");
    }
    if (!Files.isExecutable(SYSTEMD)) {
      throw new UnavailableException(SYSTEMD + " is not there (Debian: apt-get install systemd)");
    }
    Files.createDirectories(directory);
    Path log = directory.resolveSibling("machine.log");
    Process namespaces =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--ipc",
                "--uts",
                "--cgroup",
                "--fork",
                "--kill-child",
                "bash",
                Path.of("src/test/resources/debian/boot.sh").toAbsolutePath().toString(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long end = System.nanoTime() + BOOT.toNanos();
    while (System.nanoTime() < end && namespaces.isAlive()) {
      Optional<ProcessHandle> child = namespaces.children().findFirst();
      if (child.isPresent()) {
        SystemdMachine machine = new SystemdMachine(namespaces, child.get());
        if (machine.outcome("systemctl", "is-system-running").output().startsWith("running")) {
          return machine;
        }
      }
      Thread.sleep(100);
    }
    namespaces.children().forEach(ProcessHandle::destroyForcibly);
    namespaces.destroyForcibly();
    throw new UnavailableException("no systemd boots in an overlay here: " + Files.readString(log));
  }

  /** What a command printed there; throws if it failed. */
  String run(String... command) throws IOException, InterruptedException {
    Command.Outcome outcome = outcome(command);
    if (outcome.status() != 0) {
      throw new AssertionError(String.join(" ", command) + " ended with " + outcome);
    }
    return outcome.output();
  }

  /** How a command ended there. */
  Command.Outcome outcome(String... command) throws IOException, InterruptedException {
    return outcomeWith("", command);
  }

  /** Writes a file there. */
  void write(String file, String content) throws IOException, InterruptedException {
    Command.Outcome outcome = outcomeWith(content, "tee", file);
    if (outcome.status() != 0) {
      throw new AssertionError(file + " was not written: " + outcome);
    }
  }

  private Command.Outcome outcomeWith(String input, String... command)
      throws IOException, InterruptedException {
    List<String> whole =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--target",
                Long.toString(systemd.pid()),
                "--mount",
                "--pid",
                "--ipc",
                "--uts",
                "--cgroup",
                "--root",
                "--wd",
                "timeout",
                "120"));
    whole.addAll(List.of(command));
    return Command.outcome(whole, input);
  }

  /** Ends everything in it. */
  @Override
  public void close() {
    systemd.destroyForcibly();
    try {
      if (!namespaces.waitFor(10, TimeUnit.SECONDS)) {
        namespaces.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
