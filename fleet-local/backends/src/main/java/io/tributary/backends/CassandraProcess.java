package io.tributary.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Cassandra for integration tests: one node, forked with a JDK 17 (it runs on no later one),
 * on free loopback ports, its data in a folder that goes with it.
 *
 * <p>Its class path is what {@code fleet-local/cassandra} writes, so that module comes earlier in
 * the build. Use {@link #shared()} unless the test stops or freezes it: one process a test JVM.
 */
public final class CassandraProcess implements AutoCloseable {
  private static final Path CLASS_PATH_FILE =
      Path.of("fleet-local", "cassandra", "target", "runtime-classpath");
  private static final String READY = "Starting listening for CQL clients";

  /** A cold start takes 8 s on an idle machine; a busy build is several times slower. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** Tests keep little. */
  private static final int MAX_HEAP_MEBIBYTES = 384;

  private static @Nullable CassandraProcess shared;

  private final Path directory;
  private final CassandraSettings settings;
  private @Nullable Process process;

  private CassandraProcess(Path directory) throws IOException {
    this.directory = directory;
    List<Integer> ports = freePorts(3);
    settings =
        new CassandraSettings(
            directory, directory, ports.get(0), ports.get(1), ports.get(2), MAX_HEAP_MEBIBYTES);
    settings.writeFiles();
  }

  /** One that ends with the test JVM; tests take keyspaces of their own in it. */
  public static synchronized CassandraProcess shared() {
    if (shared == null) {
      CassandraProcess made = prepared();
      made.start();
      Runtime.getRuntime().addShutdownHook(new Thread(made::close));
      shared = made;
    }
    return shared;
  }

  /** One that is not started yet, with its port chosen. */
  public static CassandraProcess prepared() {
    try {
      return new CassandraProcess(Files.createTempDirectory("cassandra-it"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where CQL is spoken, as {@code host:port}. */
  public String contactPoint() {
    return "127.0.0.1:" + settings.nativePort();
  }

  /** Starts it, or starts it again on the same port and data, and waits until it takes clients. */
  public void start() {
    try {
      Path log = directory.resolve("cassandra.log");
      Files.deleteIfExists(log);
      Process started =
          new ProcessBuilder(command())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process = started;
      long deadline = System.nanoTime() + START_LIMIT.toNanos();
      while (!Files.readString(log).contains(READY)) {
        if (started.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
          started.destroyForcibly();
          throw new IllegalStateException(
              "Cassandra did not start: " + tail(Files.readString(log)));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interruption);
    }
  }

  /** Ends it as {@code kill -9} does; {@link #start()} brings it back with its data. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
      process = null;
    }
  }

  /** Stops it in its tracks ({@code SIGSTOP}): it accepts connections and answers nothing. */
  public void freeze() {
    signal("-STOP");
  }

  /** Ends a {@link #freeze()}. */
  public void thaw() {
    signal("-CONT");
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> tree = Files.walk(directory)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void signal(String name) {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("Cassandra is not running");
    }
    try {
      new ProcessBuilder("kill", name, Long.toString(running.pid())).start().waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interruption);
    }
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Jdk17.java().toString());
    command.addAll(settings.jvmOptions());
    command.addAll(
        List.of("-cp", Files.readString(classPathFile()).strip(), CassandraSettings.MAIN_CLASS));
    return command;
  }

  private static Path classPathFile() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path candidate = folder.resolve(CLASS_PATH_FILE);
      if (Files.isRegularFile(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        CLASS_PATH_FILE + " is missing above " + start + " (build fleet-local/cassandra first)");
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
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
  }

  private static String tail(String log) {
    return log.substring(Math.max(0, log.length() - 4000));
  }
}
