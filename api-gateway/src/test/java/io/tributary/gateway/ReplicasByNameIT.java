package io.tributary.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.backends.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway as a process, while the addresses of its upstreams' names come and go. */
class ReplicasByNameIT {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Replica first;
  private Replica second;
  private ServerSocket secure;
  private ServiceProcess gateway;
  private int port;

  @BeforeEach
  void start() throws IOException {
    first = new Replica(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
    second = new Replica(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.3"), first.port()));
    secure = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.3"));
    port = ServiceProcess.freePort();
    gateway =
        new ServiceProcess(
            GatewayApplication.class,
            "--server.port=" + port,
            "--gateway.admin.port=0",
            "--tributary.identity.issuers[0].issuer=https://login.test",
            "--tributary.identity.issuers[0].jwks=https://login.test/jwks",
            "--gateway.upstreams.playback=http://playback.test:"
                + first.port()
                + ",https://secure.test:"
                + secure.getLocalPort(),
            "--gateway.routing.resolve-interval=1s",
            "--gateway.routing.attempt-timeout=60s",
            "--gateway.routing.request-timeout=60s");
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    secure.close();
    first.close();
    second.close();
  }

  /** One story, because a start is dear: no address, two, one, and none again. */
  @Test
  void aNamesAddressesAreReplicasForAsLongAsItHasThem() throws Exception {
    gateway.awaitReady();
    assertEquals(503, status());

    gateway.hosts("127.0.0.2 playback.test", "127.0.0.3 playback.test");
    gateway.await(
        "both to be asked",
        () -> {
          status();
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
    assertServed(6);
    assertThat(second.seen()).hasSize(6);

    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    first.behave(exchange -> {
      asked.countDown();
      end.await();
      Replica.send(exchange, 200, "late");
    });
    CompletableFuture<HttpResponse<String>> late = heldRequest(asked);
    gateway.hosts("127.0.0.3 playback.test");
    gateway.awaitLog("addresses=[127.0.0.3]");
    first.seen().clear();
    assertServed(6);
    assertThat(first.seen()).isEmpty();
    end.countDown();
    assertThat(late)
        .succeedsWithin(Duration.ofSeconds(30))
        .extracting(HttpResponse::body)
        .isEqualTo("late");

    gateway.hosts();
    gateway.awaitLog("host=playback.test event=not-resolved keeps=[127.0.0.3]");
    assertServed(2);

    CompletableFuture<String> hello = CompletableFuture.supplyAsync(this::firstBytes);
    gateway.hosts("127.0.0.3 secure.test");
    gateway.await("TLS to be tried", () -> status() == 200 && hello.isDone());
    assertThat(hello.join()).contains("secure.test");
  }

  private void assertServed(int requests) throws Exception {
    for (int i = 0; i < requests; i++) {
      assertEquals(200, status());
    }
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
          CLIENT.sendAsync(request(), BodyHandlers.ofString());
      gateway.await("either replica", () -> answer.isDone() || asked.getCount() == 0);
      if (asked.getCount() == 0) {
        return answer;
      }
    }
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/titles"))
        .timeout(Duration.ofSeconds(60))
        .build();
  }

  private int status() throws Exception {
    return CLIENT.send(request(), BodyHandlers.ofString()).statusCode();
  }
}
