package io.tributary.bearer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
  void givenAFileThatComesLater_thenItIsReadThen(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("jwks.json");
    BearerVerifier verifier = verifier(file.toUri());
    assertInstanceOf(Verdict.Refused.class, verifier.verify(bearer(first)));

    Files.writeString(file, first.jwks());
    now = now.plusSeconds(1);
    assertKnown(verifier, first);
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
