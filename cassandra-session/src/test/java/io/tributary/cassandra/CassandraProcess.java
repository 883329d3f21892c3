package io.tributary.cassandra;

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
  /** What its keyspaces are replicated to. */
  public static final String DATACENTER = "datacenter1";

  private static final Path CLASS_PATH_FILE =
      Path.of("fleet-local", "cassandra", "target", "runtime-classpath");
  private static final String READY = "Starting listening for CQL clients";

  /** A cold start takes 8 s on an idle machine; a busy build is several times slower. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "java.base/java.lang.ref",
          "jdk.unsupported/sun.misc");
  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang.module",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.reflect",
          "java.base/java.nio",
          "java.base/java.net",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "jdk.management/com.sun.management.internal");

  private static @Nullable CassandraProcess shared;

  private final Path directory;
  private final int port;
  private final int storagePort;
  private final int jmxPort;
  private @Nullable Process process;

  private CassandraProcess(Path directory) throws IOException {
    this.directory = directory;
    List<Integer> ports = freePorts(3);
    this.port = ports.get(0);
    this.storagePort = ports.get(1);
    this.jmxPort = ports.get(2);
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
      CassandraProcess made = new CassandraProcess(Files.createTempDirectory("cassandra-it"));
      made.writeSettings();
      return made;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where CQL is spoken, as {@code host:port}. */
  public String contactPoint() {
    return "127.0.0.1:" + port;
  }

  /** A configuration that connects to it. */
  public CassandraConfig config(String keyspace) {
    return new CassandraConfig(List.of(contactPoint()), DATACENTER, DATACENTER + ":1", keyspace);
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
    command.addAll(
        List.of(
            "-Xms128m",
            "-Xmx384m",
            "-XX:MaxDirectMemorySize=192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djdk.attach.allowAttachSelf=true"));
    EXPORTS.forEach(name -> command.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENS.forEach(name -> command.add("--add-opens=" + name + "=ALL-UNNAMED"));
    command.addAll(
        List.of(
            "-Dcassandra.config=" + directory.resolve("cassandra.yaml").toUri(),
            "-Dcassandra.storagedir=" + directory,
            "-Dlogback.configurationFile=" + directory.resolve("logback.xml").toUri(),
            "-Dcassandra-foreground=yes",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=0",
            "-Dcassandra.load_ring_state=false",
            "-Dcassandra.jmx.local.port=" + jmxPort,
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-cp",
            Files.readString(classPathFile()).strip(),
            "org.apache.cassandra.service.CassandraDaemon"));
    return command;
  }

  private void writeSettings() throws IOException {
    Files.writeString(
        directory.resolve("cassandra.yaml"),
        """
        cluster_name: test
        num_tokens: 1
        initial_token: "0"
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        authenticator: AllowAllAuthenticator
        authorizer: AllowAllAuthorizer
        endpoint_snitch: SimpleSnitch
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters: [{seeds: "127.0.0.1:%1$d"}]
        listen_address: 127.0.0.1
        rpc_address: 127.0.0.1
        storage_port: %1$d
        native_transport_port: %2$d
        start_native_transport: true
        commitlog_sync: periodic
        commitlog_sync_period: 10000ms
        commitlog_segment_size: 8MiB
        commitlog_total_space: 64MiB
        memtable_heap_space: 64MiB
        memtable_offheap_space: 64MiB
        memtable_allocation_type: offheap_objects
        key_cache_size: 4MiB
        row_cache_size: 0MiB
        counter_cache_size: 0MiB
        file_cache_size: 16MiB
        networking_cache_size: 16MiB
        cdc_enabled: false
        concurrent_reads: 8
        concurrent_writes: 8
        concurrent_compactors: 1
        concurrent_counter_writes: 2
        disk_access_mode: standard
        auto_snapshot: false
        hinted_handoff_enabled: false
        """
            .formatted(storagePort, port));
    Files.writeString(
        directory.resolve("logback.xml"),
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="out"/></root>
        </configuration>
        """);
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
