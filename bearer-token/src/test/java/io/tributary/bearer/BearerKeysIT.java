package io.tributary.bearer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys from real files and a real HTTP server. */
class BearerKeysIT {
  private final TestIssuer first = TestIssuer.withKey("k1");
  private final TestIssuer second = TestIssuer.withKey("k2");
  private volatile Instant now = TestIssuer.NOW;

  @Test
  void givenAFile_whenItChanges_thenTheNewKeysCount_andAnUnreadableOneChangesNothing(
      @TempDir Path folder) throws Exception {
    Path file = folder.resolve("jwks.json");
    Files.writeString(file, first.jwks());
    BearerVerifier verifier = verifier(file.toUri());
    assertKnown(verifier, first);

    Files.writeString(file, second.jwks() + "\n");
    assertKnown(verifier, first);
    now = now.plusSeconds(1);
    assertKnown(verifier, second);

    Files.writeString(file, "{");
    now = now.plusSeconds(1);
    assertKnown(verifier, second);

    Files.delete(file);
    now = now.plusSeconds(1);
    assertKnown(verifier, second);
  }

  @Test
  void givenAFileWithoutKeys_thenItIsRefusedByItsSettingAndShowsNothing(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("jwks.json");
    String refusal =
        "tributary.identity.issuers[0].jwks is %s and cannot be used: %s (expected: a readable JWK"
            + " set with an EC P-256 or RSA key)";
    assertThatThrownBy(() -> verifier(file.toUri()))
        .hasMessage(refusal, file.toUri(), "NoSuchFileException");

    Files.writeString(file, "{\"d\": secret}");
    assertThatThrownBy(() -> verifier(file.toUri()))
        .hasMessage(refusal, file.toUri(), "no JWK set with a key for ES256 or RS256")
        .hasNoCause();
  }

  @Test
  void givenAnHttpIssuer_thenItsKeysAreFetched_andStayWhenItIsGone() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jwks",
        exchange -> {
          try (exchange) {
            byte[] body = first.jwks().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
          answered.countDown();
        });
    server.start();
    BearerVerifier verifier =
        verifier(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks"));
    assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
    server.stop(0);

    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (verifier.verify(bearer(first)) instanceof Verdict.Refused && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertKnown(verifier, first);
    now = now.plusSeconds(600);
    assertKnown(verifier, first);
  }

  @Test
  void givenAnIssuerThatStopsHalfway_thenItIsLeftInTime() throws Exception {
    try (ServerSocket issuer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> ended = halfAnAnswer(issuer);
      URI jwks = URI.create("http://127.0.0.1:" + issuer.getLocalPort() + "/jwks");

      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () ->
              assertThatThrownBy(() -> new HttpFetch(Duration.ofSeconds(1)).fetch(jwks))
                  .hasMessage("no whole answer within PT1S"));
      assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
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

  private BearerVerifier verifier(URI jwks) {
    return new BearerVerifier(
        new IdentityConfig(List.of(new Issuer(TestIssuer.ISSUER, jwks)), "tributary"), () -> now);
  }

  private static void assertKnown(BearerVerifier verifier, TestIssuer issuer) {
    assertInstanceOf(Verdict.Known.class, verifier.verify(bearer(issuer)));
  }

  private static String bearer(TestIssuer issuer) {
    return "Bearer " + issuer.token(UnaryOperator.identity());
  }
}
