package io.tributary.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A backend's JVM, its log and its data in a folder that goes with it. */
final class ForkedJvm implements AutoCloseable {
  private final Path directory;
  private @Nullable Process process;

  ForkedJvm(String name) {
    try {
      directory = Files.createTempDirectory(name + "-it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  void start(List<String> command) {
    try {
      process = launch(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one to its end, which must be a good one. */
  void run(List<String> command) {
    try {
      if (launch(command).waitFor() != 0) {
        throw new IllegalStateException(command.getFirst() + " failed: " + log());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      return e.toString();
    }
  }

  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
      process = null;
    }
  }

  /** Sends a signal by its name, as {@code STOP}. */
  void signal(String name) {
    if (process == null) {
      throw new IllegalStateException("it is not running");
    }
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> tree = Files.walk(directory)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The class path that a module of the launcher's backends writes.
   *
   * @param module below {@code fleet-local}; it comes earlier in the build
   */
  static String classPath(String module) {
    Path file = Path.of("fleet-local", module, "target", "runtime-classpath");
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path candidate = folder.resolve(file);
      if (Files.isRegularFile(candidate)) {
        try {
          return Files.readString(candidate).strip();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalStateException(
        file + " is missing above " + start + " (build fleet-local/" + module + " first)");
  }

  static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      try {
        for (int i = 0; i < count; i++) {
          sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        return sockets.stream().map(ServerSocket::getLocalPort).toList();
      } finally {
        for (ServerSocket socket : sockets) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch(List<String> command) throws IOException {
    Files.deleteIfExists(logFile());
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(logFile().toFile())
        .start();
  }

  private Path logFile() {
    return directory.resolve("log");
  }
}
