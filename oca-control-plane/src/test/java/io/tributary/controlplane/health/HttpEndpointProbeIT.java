package io.tributary.controlplane.health;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tributary.contracts.node.NodeEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Probes real sockets. */
class HttpEndpointProbeIT {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String NAMED = "Tributary-Node: n1\r\n";

  /** All that tells an older node's answer from a foreign host's, with the body. */
  private static final String OLDER = "Timing-Allow-Origin: *\r\n";

  private static final String BODY = "Content-Length: 3\r\n\r\nok\n";

  private final HttpEndpointProbe probe = new HttpEndpointProbe();

  @AfterEach
  void close() {
    probe.close();
  }

  @Test
  void anAddressThatAnswersAsTheNodeIsReachedAndAnotherIsNot() throws Exception {
    try (ServerSocket well = listening();
        ServerSocket failing = listening();
        ServerSocket tooLong = listening()) {
      var _ = answer(well, OK + NAMED + BODY);
      var _ = answer(failing, "HTTP/1.1 503 Unavailable\r\n" + NAMED + BODY);
      var _ = answer(tooLong, OK + NAMED + "Content-Length: 9999\r\n\r\n" + "x".repeat(9_999));
      NodeEndpoint nobody = new NodeEndpoint("http", "127.0.0.1", 1);

      assertEquals(
          List.of(at(well)),
          probe.reached("n1", List.of(nobody, at(failing), at(well), at(tooLong))));
    }
  }

  /** Else a node could have players send their tokens to any host that is up. */
  @Test
  void anotherNodesAddressAndAForeignHostsAreNotReached() throws Exception {
    try (ServerSocket other = listening();
        ServerSocket foreign = listening();
        ServerSocket alike = listening()) {
      var _ = answer(other, OK + "Tributary-Node: n2\r\n" + OLDER + BODY);
      var _ = answer(foreign, OK + BODY);
      var _ = answer(alike, OK + OLDER + "Content-Length: 2\r\n\r\nok");

      assertEquals(List.of(), probe.reached("n1", List.of(at(other), at(foreign), at(alike))));
    }
  }

  /** Versions mix. */
  @Test
  void aNodeFromBeforeTheyNamedThemselvesIsReached() throws Exception {
    try (ServerSocket older = listening()) {
      var _ = answer(older, OK + OLDER + BODY);

      assertEquals(List.of(at(older)), probe.reached("n1", List.of(at(older))));
    }
  }

  @Test
  void anAddressThatStopsHalfwayIsLeftInTime() throws Exception {
    try (ServerSocket silent = listening()) {
      CompletableFuture<Void> ended = answer(silent, OK + NAMED + "Content-Length: 8\r\n\r\nhalf");

      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> assertEquals(List.of(), probe.reached("n1", List.of(at(silent)))));
      ended.get(10, TimeUnit.SECONDS);
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static NodeEndpoint at(ServerSocket listening) {
    return new NodeEndpoint("http", "127.0.0.1", listening.getLocalPort());
  }

  /** Answers one call so, and nothing after that until its caller ends. */
  private static CompletableFuture<Void> answer(ServerSocket listening, String answer) {
    return CompletableFuture.runAsync(
        () -> {
          try (Socket caller = listening.accept()) {
            InputStream in = caller.getInputStream();
            in.read(new byte[8_192]);
            caller.getOutputStream().write(answer.getBytes(US_ASCII));
            in.transferTo(OutputStream.nullOutputStream());
          } catch (SocketException reset) {
            // Ended as well.
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Thread::startVirtualThread);
  }
}
