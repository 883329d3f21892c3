package io.tributary.fleet.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy over real sockets: what a client sees of each fault, and of none. */
@Timeout(60)
class FaultProxyServerTest {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final FaultProxyServer proxy = new FaultProxyServer();
  private final Queue<Future<Void>> background = new ConcurrentLinkedQueue<>();
  private ServerSocket upstream;
  private ProxyTarget target;

  @BeforeEach
  void listen() throws IOException {
    upstream = new ServerSocket(0, 1024, LOOPBACK);
    target = new ProxyTarget("node", "127.0.0.1", 0, upstream.getLocalPort());
    proxy.serve(List.of(target));
  }

  @AfterEach
  void close() throws IOException {
    upstream.close();
    proxy.close();
    threads.close();
  }

  @Test
  void withoutAFaultEveryBytePassesAndTheEndOfInputComesAfterThem() throws Exception {
    echoOnceClientIsDone();
    byte[] sent = random(3_000_000);
    try (Socket client = connect()) {
      Future<byte[]> received = threads.submit(() -> client.getInputStream().readAllBytes());
      client.getOutputStream().write(sent);
      client.shutdownOutput();

      assertThat(received.get()).isEqualTo(sent);
    }
  }

  @Test
  void aReaderThatIsSlowHoldsItsSenderBack() throws Exception {
    try (Socket client = connect();
        Socket server = upstream.accept()) {
      Future<Integer> written =
          threads.submit(() -> {
            int total = 0;
            byte[] block = new byte[64 * 1024];
            for (int i = 0; i < 1000; i++) {
              server.getOutputStream().write(block);
              total += block.length;
            }
            server.shutdownOutput();
            return total;
          });
      client.setSoTimeout(TIMEOUT_MILLIS);
      byte[] few = client.getInputStream().readNBytes(1024);
      assertThat(written.isDone()).as("64 MB were taken without a reader").isFalse();

      long rest = client.getInputStream().transferTo(OutputStream.nullOutputStream());
      assertThat(few.length + rest).isEqualTo(written.get().longValue());
    }
  }

  @Test
  void aProcessThatDoesNotListenIsAReset() throws Exception {
    upstream.close();

    try (Socket client = connect()) {
      assertReset(client);
    }
  }

  @Test
  void aProcessThatResetsIsAReset() throws Exception {
    try (Socket client = connect()) {
      Socket server = upstream.accept();
      server.setSoLinger(true, 0);
      server.close();

      assertReset(client);
    }
  }

  @Test
  void resetEndsOldConnectionsAndNewOnesUntilItIsOff() throws Exception {
    try (Socket old = connect();
        Socket server = upstream.accept()) {
      assertThat(server.isConnected()).isTrue();
      proxy.fault("node", new Fault(0, 0, true, false));

      assertReset(old);
      try (Socket fresh = connect()) {
        assertReset(fresh);
      }
    }
    proxy.fault("node", Fault.NONE);
    echoOnceClientIsDone();
    assertThat(echo("on")).isEqualTo("on");
  }

  @Test
  void aBlackholeAcceptsAndPassesNothingAndWhatWasSentArrivesAfterIt() throws Exception {
    echoOnceClientIsDone();
    proxy.fault("node", new Fault(0, 0, false, true));
    try (Socket client = connect()) {
      client.getOutputStream().write("late".getBytes(UTF_8));
      client.shutdownOutput();
      client.setSoTimeout(300);
      InputStream in = client.getInputStream();
      assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);

      proxy.fault("node", Fault.NONE);
      client.setSoTimeout(TIMEOUT_MILLIS);
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("late");
    }
  }

  @Test
  void latencyIsAddedEachWay() throws Exception {
    echoOnceClientIsDone();
    proxy.fault("node", new Fault(150, 0, false, false));

    long began = System.nanoTime();
    assertThat(echo("slow")).isEqualTo("slow");

    assertThat((System.nanoTime() - began) / 1_000_000).isBetween(300L, 5_000L);
  }

  @Test
  void aRateIsSharedByAllConnections() throws Exception {
    proxy.fault("node", new Fault(0, 4_000_000, false, false));
    long began = System.nanoTime();
    List<Future<byte[]>> downloads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Socket client = connect();
      Socket server = upstream.accept();
      inBackground(() -> {
        server.getOutputStream().write(random(250_000));
        server.close();
        return null;
      });
      downloads.add(threads.submit(() -> client.getInputStream().readAllBytes()));
    }
    for (Future<byte[]> download : downloads) {
      assertThat(download.get()).hasSize(250_000);
    }

    // 500 kB at 4 Mbit/s take a second.
    assertThat((System.nanoTime() - began) / 1_000_000).isBetween(900L, 5_000L);
  }

  @Test
  void aThousandConnectionsPassAndNoneIsLeftOver() throws Exception {
    inBackground(() -> {
      while (true) {
        Socket server = upstream.accept();
        inBackground(() -> echo(server));
      }
    });
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Socket client = connect();
      client.getOutputStream().write(i & 0xff);
      clients.add(client);
    }
    for (int i = 0; i < clients.size(); i++) {
      assertThat(clients.get(i).getInputStream().read()).isEqualTo(i & 0xff);
    }
    for (Socket client : clients) {
      client.close();
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    while (proxy.connections().getOrDefault("node", 0) > 0 && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertThat(proxy.connections()).containsEntry("node", 0);
  }

  @Test
  void aFaultOfAProcessThatIsNotThereIsRefused() {
    assertThat(proxy.fault("nobody", Fault.NONE)).isFalse();
    assertThatThrownBy(() -> new Fault(-1, 0, false, false))
        .hasMessage("latency is -1 ms (expected: 0 to 60000)");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(LOOPBACK, proxy.port(target));
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private String echo(String text) throws IOException {
    try (Socket client = connect()) {
      client.getOutputStream().write(text.getBytes(UTF_8));
      client.shutdownOutput();
      return new String(client.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private void echoOnceClientIsDone() {
    inBackground(() -> echo(upstream.accept()));
  }

  /** Ends with the test's sockets. */
  private void inBackground(Callable<Void> task) {
    background.add(threads.submit(task));
  }

  private static Void echo(Socket server) throws IOException {
    try (server) {
      server.getInputStream().transferTo(server.getOutputStream());
    }
    return null;
  }

  private static void assertReset(Socket client) {
    assertThatThrownBy(
            () -> {
              if (client.getInputStream().read() < 0) {
                throw new AssertionError("the connection ended in order");
              }
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    new Random(bytes).nextBytes(random);
    return Arrays.copyOf(random, bytes);
  }
}
