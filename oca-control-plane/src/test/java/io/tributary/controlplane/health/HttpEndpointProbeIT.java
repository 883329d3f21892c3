package io.tributary.controlplane.health;

import static io.tributary.controlplane.health.ProbeOutcome.ACCEPTED;
import static io.tributary.controlplane.health.ProbeOutcome.ANSWERED;
import static io.tributary.controlplane.health.ProbeOutcome.REFUSED;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** Room for what a probe connects to one address, with its second try. */
  private static final int BACKLOG = 8;

  /** Takes one connection more than that, and answers nobody else's packets. */
  private static final int SMALLEST_BACKLOG = 1;

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
          List.of(REFUSED, REFUSED, ANSWERED, REFUSED),
          probe.tried("n1", List.of(nobody, at(failing), at(well), at(tooLong))));
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

      assertEquals(
          List.of(REFUSED, REFUSED, REFUSED),
          probe.tried("n1", List.of(at(other), at(foreign), at(alike))));
    }
  }

  /** Versions mix. */
  @Test
  void aNodeFromBeforeTheyNamedThemselvesIsReached() throws Exception {
    try (ServerSocket older = listening()) {
      var _ = answer(older, OK + OLDER + BODY);

      assertEquals(List.of(ANSWERED), probe.tried("n1", List.of(at(older))));
    }
  }

  @Test
  void anAddressThatStopsHalfwayIsLeftInTime() throws Exception {
    try (ServerSocket silent = listening()) {
      CompletableFuture<Void> ended = answer(silent, OK + NAMED + "Content-Length: 8\r\n\r\nhalf");

      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> assertEquals(List.of(ACCEPTED), probe.tried("n1", List.of(at(silent)))));
      ended.get(10, TimeUnit.SECONDS);
    }
  }

  /** As a process that stands still: its system takes connections for it. */
  @Test
  void anAddressThatTakesConnectionsAndNothingMoreIsAcceptedInTime() throws Exception {
    try (ServerSocket still = listening()) {
      long began = System.nanoTime();

      assertEquals(List.of(ACCEPTED, ACCEPTED), probe.tried("n1", List.of(at(still), at(still))));

      Duration took = Duration.ofNanos(System.nanoTime() - began);
      assertTrue(took.compareTo(EndpointProbe.LONGEST.multipliedBy(3)) < 0, "took " + took);
    }
  }

  /** As a machine that is lost: a full queue takes no notice of packets. */
  @Test
  void anAddressThatTakesNoConnectionInTimeIsRefused() throws Exception {
    try (ServerSocket full = listening(SMALLEST_BACKLOG);
        Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
      assertTrue(first.isConnected() && second.isConnected());

      assertEquals(List.of(REFUSED), probe.tried("n1", List.of(at(full))));
    }
  }

  /** The client keeps connections; a restarted or a stopped node must not be judged by old ones. */
  @Test
  void anAddressThatIsGoneIsRefusedThoughItAnsweredBefore() throws Exception {
    NodeEndpoint gone;
    try (ServerSocket well = listening()) {
      var _ = answer(well, OK + NAMED + BODY);
      gone = at(well);
      assertEquals(List.of(ANSWERED), probe.tried("n1", List.of(gone)));
    }

    assertEquals(List.of(REFUSED), probe.tried("n1", List.of(gone)));
  }

  private static ServerSocket listening() throws IOException {
    return listening(BACKLOG);
  }

  private static ServerSocket listening(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  private static NodeEndpoint at(ServerSocket listening) {
    return new NodeEndpoint("http", "127.0.0.1", listening.getLocalPort());
  }

  /**
   * Answers the first call that asks something so, and nothing after that until its caller ends.
   */
  private static CompletableFuture<Void> answer(ServerSocket listening, String answer) {
    return CompletableFuture.runAsync(
        () -> {
          boolean isAsked = false;
          while (!isAsked && !listening.isClosed()) {
            try (Socket caller = listening.accept()) {
              InputStream in = caller.getInputStream();
              isAsked = in.read(new byte[8_192]) > 0;
              if (isAsked) {
                caller.getOutputStream().write(answer.getBytes(US_ASCII));
                in.transferTo(OutputStream.nullOutputStream());
              }
            } catch (SocketException reset) {
              // Ended as well.
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        },
        Thread::startVirtualThread);
  }
}
