package io.tributary.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway as a process, whose resolver reads a file of hosts in place of DNS: below it, the
 * JVM's own memory of names is the real one.
 */
class ReplicasByNameIT {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A start takes seconds on an idle machine; a busy build is many times slower. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Replica first;
  private Replica second;
  private ServerSocket secure;
  private Process gateway;
  private int port;
  private int management;

  @BeforeEach
  void start() throws IOException {
    first = new Replica(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
    second = new Replica(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.3"), first.port()));
    secure = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.3"));
    port = freePort();
    management = freePort();
    hosts();
    gateway =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                "-cp",
                System.getProperty("java.class.path"),
                GatewayApplication.class.getName(),
                "--server.port=" + port,
                "--gateway.admin.port=0",
                "--management.server.port=" + management,
                "--gateway.upstreams.playback=http://playback.test:"
                    + first.port()
                    + ",https://secure.test:"
                    + secure.getLocalPort(),
                "--gateway.routing.resolve-interval=1s",
                "--gateway.routing.attempt-timeout=60s",
                "--gateway.routing.request-timeout=60s")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  @AfterEach
  void stop() throws IOException {
    secure.close();
    gateway.destroyForcibly().onExit().join();
    first.close();
    second.close();
  }

  /** One story, because a start is dear: no address, two, one, and none again. */
  @Test
  void aNamesAddressesAreReplicasForAsLongAsItHasThem() throws Exception {
    await(
        "a start without a single address",
        () -> status(management, "/actuator/health/readiness") == 200);
    assertEquals(503, status(port, "/api/v1/titles"));

    hosts("127.0.0.2 playback.test", "127.0.0.3 playback.test");
    await(
        "both to be asked",
        () -> {
          status(port, "/api/v1/titles");
          return !first.seen().isEmpty() && !second.seen().isEmpty();
        });
    assertEquals(
        Set.of("playback.test:" + first.port()),
        Stream.of(first, second)
            .flatMap(replica -> replica.seen().stream())
            .map(request -> request.headers().getFirst("Host"))
            .collect(Collectors.toSet()));
    first.behave(Replica.DIES);
    second.behave(Replica.OK);
    for (int i = 0; i < 6; i++) {
      assertEquals(200, status(port, "/api/v1/titles"));
    }
    assertThat(second.seen()).hasSize(6);

    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    first.behave(exchange -> {
      asked.countDown();
      end.await();
      Replica.send(exchange, 200, "late");
    });
    CompletableFuture<HttpResponse<String>> late = heldRequest(asked);
    hosts("127.0.0.3 playback.test");
    await("the one that left not to be asked", () -> log().contains("addresses=[127.0.0.3]"));
    first.seen().clear();
    second.behave(Replica.OK);
    for (int i = 0; i < 6; i++) {
      assertEquals(200, status(port, "/api/v1/titles"));
    }
    assertThat(first.seen()).isEmpty();
    end.countDown();
    assertThat(late).succeedsWithin(PATIENCE).extracting(HttpResponse::body).isEqualTo("late");

    hosts();
    await("the name to be lost", () -> log().contains("host=playback.test event=not-resolved"));
    assertEquals(200, status(port, "/api/v1/titles"));

    CompletableFuture<String> hello = CompletableFuture.supplyAsync(this::firstBytes);
    hosts("127.0.0.3 secure.test");
    await("TLS to be tried", () -> status(port, "/api/v1/titles") == 200 && hello.isDone());
    assertThat(hello.join()).contains("secure.test");
  }

  /** What a client says first; in TLS that names, in the clear, whom it wants. */
  private String firstBytes() {
    try (Socket caller = secure.accept()) {
      byte[] hello = new byte[8_192];
      return new String(hello, 0, caller.getInputStream().read(hello), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request that the first replica has and does not answer. */
  private CompletableFuture<HttpResponse<String>> heldRequest(CountDownLatch asked)
      throws Exception {
    while (true) {
      CompletableFuture<HttpResponse<String>> answer =
          CLIENT.sendAsync(request(port, "/api/v1/titles"), BodyHandlers.ofString());
      await("either replica", () -> answer.isDone() || asked.getCount() == 0);
      if (asked.getCount() == 0) {
        return answer;
      }
    }
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(60))
        .build();
  }

  private static int status(int port, String path) throws Exception {
    return CLIENT.send(request(port, path), BodyHandlers.ofString()).statusCode();
  }

  /** Replaced whole, since it is read at every question. */
  private void hosts(String... lines) throws IOException {
    Path next = folder.resolve("hosts.next");
    Files.write(next, Stream.concat(Stream.of("127.0.0.1 localhost"), Stream.of(lines)).toList());
    Files.move(next, folder.resolve("hosts"), StandardCopyOption.ATOMIC_MOVE);
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (ConnectException notYet) {
        assertThat(gateway.isAlive()).as(log()).isTrue();
      }
      Thread.sleep(20);
    }
    throw new AssertionError(what + " did not come in " + PATIENCE + ":\n" + log());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
