package io.tributary.description;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service as an operator starts it: a process that is told by its environment alone. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final ConfiguredService service;
  private final Path log;
  private final Process process;
  private final Map<String, Integer> ports = new HashMap<>();

  /** Starts it in a folder of its own. */
  ServiceProcess(ConfiguredService service, Path folder, Map<String, String> variables)
      throws IOException {
    this.service = service;
    Path own = Files.createTempDirectory(folder, service.module());
    this.log = own.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(service),
                service.main().getName())
            .directory(own.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    for (String port : List.of("SERVER_PORT", "MANAGEMENT_SERVER_PORT", service.secondPort())) {
      if (!port.isEmpty()) {
        ports.put(port, freePort());
        environment.put(port, String.valueOf(ports.get(port)));
      }
    }
    environment.putAll(variables);
    this.process = builder.start();
  }

  private static String classPath(ConfiguredService service) throws IOException {
    Path target = ApiFile.ROOT.resolve(service.module()).resolve("target").toAbsolutePath();
    return target.resolve("classes")
        + ":"
        + Files.readString(target.resolve("runtime-classpath")).strip();
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  String main() {
    return "http://127.0.0.1:" + ports.get("SERVER_PORT");
  }

  String management() {
    return "http://127.0.0.1:" + ports.get("MANAGEMENT_SERVER_PORT");
  }

  /** {@code host:port} of its other door. */
  String second() {
    return "127.0.0.1:" + ports.get(service.secondPort());
  }

  /** All that it has said until now. */
  String log() throws IOException {
    return Files.readString(log);
  }

  void awaitReady() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!isReady()) {
      if (!process.isAlive() || Instant.now().isAfter(end)) {
        throw new IllegalStateException(service.module() + " is not ready:\n" + log());
      }
      Thread.sleep(50);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get(management() + "/actuator/health/readiness").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Its exit code, once it has ended by itself. */
  int awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(service.module() + " goes on:\n" + log());
    }
    return process.exitValue();
  }

  static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build(),
        BodyHandlers.ofString());
  }

  static HttpResponse<String> send(String method, String url, String body, String bearerToken)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + bearerToken)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
