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

  private final HttpEndpointProbe probe = new HttpEndpointProbe();

  @AfterEach
  void close() {
    probe.close();
  }

  @Test
  void anAddressThatAnswersIsReachedAndAnotherIsNot() throws Exception {
    try (ServerSocket well = listening();
        ServerSocket failing = listening();
        ServerSocket tooLong = listening()) {
      var _ = answer(well, OK + "Content-Length: 2\r\n\r\nok");
      var _ = answer(failing, "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n");
      var _ = answer(tooLong, OK + "Content-Length: 9999\r\n\r\n" + "x".repeat(9_999));
      NodeEndpoint nobody = new NodeEndpoint("http", "127.0.0.1", 1);

      assertEquals(
          List.of(at(well)), probe.reached(List.of(nobody, at(failing), at(well), at(tooLong))));
    }
  }

  @Test
  void anAddressThatStopsHalfwayIsLeftInTime() throws Exception {
    try (ServerSocket silent = listening()) {
      CompletableFuture<Void> ended = answer(silent, OK + "Content-Length: 8\r\n\r\nhalf");

      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> assertEquals(List.of(), probe.reached(List.of(at(silent)))));
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
