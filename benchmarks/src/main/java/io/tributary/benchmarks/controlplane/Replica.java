package io.tributary.benchmarks.controlplane;

import io.tributary.benchmarks.load.ProcessorTime;
import io.tributary.benchmarks.report.PinnedJava;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The control plane as a process of the checkout's jars, on a processor of its own. */
final class Replica implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final String MAIN = "io.tributary.controlplane.ControlPlaneApplication";

  private final Ports ports;
  private final List<String> command;
  private final Path log;
  private @Nullable Process process;

  /** Where it listens, all on this machine. */
  record Ports(int admin, int door, int management) {}

  /**
   * One that is not started yet.
   *
   * @param heap as {@code -Xmx} takes it
   * @param settings as {@code --name=value}
   */
  Replica(
      Path checkout, String processors, String heap, Ports ports, List<String> settings, Path log)
      throws IOException {
    this.ports = ports;
    this.log = log;
    command = PinnedJava.command(processors, heap);
    command.addAll(
        List.of(
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", classPath(checkout), MAIN));
    command.addAll(settings);
  }

  /** As the launcher has it: the module's own jar, then what the build listed. */
  private static String classPath(Path checkout) throws IOException {
    Path target = checkout.resolve("oca-control-plane").resolve("target");
    Path listed = target.resolve("runtime-classpath");
    if (!Files.exists(listed)) {
      throw new IOException(listed + " is missing (expected: ./tributary up was run before)");
    }
    try (Stream<Path> files = Files.list(target)) {
      Path own =
          files
              .filter(file ->
                  String.valueOf(file.getFileName())
                      .matches("oca-control-plane-[0-9][0-9.]*\\.jar"))
              .findFirst()
              .orElseThrow(() -> new IOException("no jar in " + target));
      return own + ":" + Files.readString(listed).strip();
    }
  }

  Ports ports() {
    return ports;
  }

  /** Starts it and returns at once. */
  void start() throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /** Waits until it says that it is ready. */
  void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    HttpRequest readiness =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + ports.management + "/actuator/health/readiness"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < end && running().isAlive()) {
        try {
          if (client.send(readiness, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // It is starting.
        }
        Thread.sleep(Duration.ofMillis(100));
      }
    }
    throw new IOException("the control plane did not get ready; see " + log);
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  ProcessorTime processorTime() {
    return new ProcessorTime(running().pid());
  }

  /** MiB of this machine's memory that it has now. */
  double residentMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + running().pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no VmRSS of process " + running().pid());
  }

  /** MiB of heap that are left after a collection. */
  double liveHeapMebibytes() throws IOException, InterruptedException {
    jcmd("GC.run");
    // A line a generation: "... total 235968K, used 1234K ..."
    return jcmd("GC.heap_info")
            .lines()
            .filter(line -> line.contains("total") && line.contains("used"))
            .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K.*", "$1")))
            .sum()
        / 1024.0;
  }

  private String jcmd(String word) throws IOException, InterruptedException {
    Process asked =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(running().pid()),
                word)
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (asked.waitFor() != 0) {
      throw new IOException("jcmd " + word + ": " + said);
    }
    return said;
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("it was not started");
    }
    return process;
  }

  @Override
  public void close() {
    kill();
  }
}
