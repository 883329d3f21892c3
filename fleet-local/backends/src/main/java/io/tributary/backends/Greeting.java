package io.tributary.backends;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a client of a backend says first, and any client may. An answer tells that the backend takes
 * clients; that its port is open does not, since an engine opens it before.
 */
enum Greeting {
  /** OPTIONS of CQL's fourth version. */
  CQL("040000000500000000"),
  /** ApiVersions of Kafka, its length first. */
  KAFKA("0000000a0012000000000001ffff");

  /** A cold start takes 8 s on an idle machine; a busy build is several times slower. */
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private static final Duration ANSWER = Duration.ofSeconds(1);

  private final String hex;

  Greeting(String hex) {
    this.hex = hex;
  }

  /**
   * Waits until it is answered.
   *
   * @param isAlive whether waiting makes sense
   * @param log told where it was in vain
   */
  void await(String host, int port, BooleanSupplier isAlive, Supplier<String> log) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!isAnswered(host, port)) {
      if (!isAlive.getAsBoolean() || System.nanoTime() > deadline) {
        String whole = log.get();
        throw new IllegalStateException(
            "it did not start: " + whole.substring(Math.max(0, whole.length() - 4000)));
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private boolean isAnswered(String host, int port) {
    try (Socket socket = new Socket()) {
      int patience = Math.toIntExact(ANSWER.toMillis());
      socket.connect(new InetSocketAddress(host, port), patience);
      socket.setSoTimeout(patience);
      socket.getOutputStream().write(HexFormat.of().parseHex(hex));
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }
}
