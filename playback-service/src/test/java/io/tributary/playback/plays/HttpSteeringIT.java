package io.tributary.playback.plays;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HttpSteeringIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final RankingRequest REQUEST =
      new RankingRequest("play", "film", "p1", "192.0.2.1", 6, 4_000_000L, List.of());
  private static final Ranking RANKING =
      new Ranking("d1", 1, 5, List.of(new Ranking.Node("oca-1", "a", "http://a:1")), "steered");
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> askedAs = new CopyOnWriteArrayList<>();
  private final List<InetAddress> resolved = new CopyOnWriteArrayList<>();
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private volatile int status = 200;
  private final List<HttpServer> started = new ArrayList<>();
  private HttpServer replica;

  @BeforeEach
  void start() throws IOException {
    replica = start("127.0.0.1", 0);
  }

  private HttpServer start(String address, int port) throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
    started.add(made);
    made.createContext(
        "/internal/v1/rankings",
        exchange -> {
          asked.incrementAndGet();
          askedAs.add(
              exchange.getRequestHeaders().getFirst("Host")
                  + " at "
                  + exchange.getLocalAddress().getAddress().getHostAddress());
          byte[] body = JSON.writeValueAsString(RANKING).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    made.start();
    return made;
  }

  @AfterEach
  void stop() {
    started.forEach(server -> server.stop(0));
  }

  @Test
  void aReplicaThatIsAwayIsPassedOver() {
    Steering steering = steering(NOBODY, url());

    for (int i = 0; i < 4; i++) {
      assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Decided(RANKING));
    }
  }

  @Test
  void aReplicaThatFailedIsLeftAloneForAWhile() {
    Steering steering = steering(url());
    status = 500;
    assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Away());
    assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Away());
    assertThat(asked).hasValue(1);

    status = 200;
    now = now.plusSeconds(2);
    assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Decided(RANKING));
  }

  @Test
  void aReplicaThatStopsHalfwayIsLeftInTimeAndTheNextIsAsked() throws Exception {
    try (ServerSocket frozen = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> ended = halfAnAnswer(frozen);
      Steering steering = steering(URI.create("http://127.0.0.1:" + frozen.getLocalPort()), url());

      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Decided(RANKING)));
      assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void eachAddressOfANameIsAReplica_askedUnderTheName() throws Exception {
    int port = start("127.0.0.2", 0).getAddress().getPort();
    start("127.0.0.3", port);
    URI url = URI.create("http://steering.test:" + port);
    HostAddresses addresses = addresses(url);
    Steering steering = new HttpSteering(List.of(url), addresses, JSON, () -> now);
    assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Away());

    resolved.add(InetAddress.ofLiteral("127.0.0.2"));
    resolved.add(InetAddress.ofLiteral("127.0.0.3"));
    addresses.ask();
    for (int i = 0; i < 4; i++) {
      assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Decided(RANKING));
    }
    assertThat(askedAs)
        .hasSize(4)
        .containsOnly(url.getAuthority() + " at 127.0.0.2", url.getAuthority() + " at 127.0.0.3");

    resolved.removeFirst();
    addresses.ask();
    askedAs.clear();
    for (int i = 0; i < 4; i++) {
      assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Decided(RANKING));
    }
    assertThat(askedAs).hasSize(4).containsOnly(url.getAuthority() + " at 127.0.0.3");
  }

  @Test
  void aDeadAddressIsLeftAloneForAWhile_andItsNameIsNot() throws Exception {
    URI url = URI.create("http://steering.test:" + start("127.0.0.3", 0).getAddress().getPort());
    // Nobody listens at the first.
    resolved.add(InetAddress.ofLiteral("127.0.0.2"));
    resolved.add(InetAddress.ofLiteral("127.0.0.3"));
    HostAddresses addresses = addresses(url);
    addresses.ask();
    Steering steering = new HttpSteering(List.of(url), addresses, JSON, () -> now);

    for (int i = 0; i < 4; i++) {
      assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Decided(RANKING));
    }
  }

  @Test
  void tlsIsSpokenWithTheName() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2"))) {
      CompletableFuture<String> hello = CompletableFuture.supplyAsync(() -> firstBytes(listening));
      URI url = URI.create("https://steering.test:" + listening.getLocalPort());
      resolved.add(InetAddress.ofLiteral("127.0.0.2"));
      HostAddresses addresses = addresses(url);
      addresses.ask();
      Steering steering = new HttpSteering(List.of(url), addresses, JSON, () -> now);

      assertThat(steering.rank(REQUEST)).isEqualTo(new Steering.Answer.Away());
      assertThat(hello).succeedsWithin(Duration.ofSeconds(10)).asString().contains("steering.test");
    }
  }

  /** What a client says first; in TLS that names, in the clear, whom it wants. */
  private static String firstBytes(ServerSocket listening) {
    try (Socket caller = listening.accept()) {
      byte[] hello = new byte[8_192];
      return new String(hello, 0, caller.getInputStream().read(hello), US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Answers one call with headers and half a body, and nothing after that until its caller ends.
   */
  private static CompletableFuture<Void> halfAnAnswer(ServerSocket listening) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket caller = listening.accept()) {
            InputStream in = caller.getInputStream();
            in.read(new byte[8_192]);
            caller
                .getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf".getBytes(US_ASCII));
            in.transferTo(OutputStream.nullOutputStream());
          } catch (SocketException reset) {
            // Ended as well.
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Thread::startVirtualThread);
  }

  private Steering steering(URI... urls) {
    return new HttpSteering(List.of(urls), addresses(urls), JSON, () -> now);
  }

  private HostAddresses addresses(URI... urls) {
    return new HostAddresses(
        List.of(urls), Duration.ofSeconds(5), name -> resolved.toArray(InetAddress[]::new));
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + replica.getAddress().getPort());
  }
}
