package io.tributary.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Asks over HTTP/1.1, one request at a time on each of some kept connections, from one thread that
 * never sleeps: give it a core. The next request is written before anything else is done, and
 * nothing is made meanwhile, so that what is measured is the server.
 *
 * <p>Closed-loop it asks as fast as it is answered, which finds the most a server can do. Open-loop
 * requests come when they come (a Poisson process), and time counts from when a request was due,
 * not from when a connection was free for it: a server that stalls is not spared.
 */
public final class HttpLoad implements AutoCloseable {
  private static final long SEED = 11;

  /** What is not answered this long after the end counts as failed. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final byte[] SUCCESS = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_ANSWER_BYTES = 16 * 1024;

  private final InetSocketAddress server;
  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();
  private final Deque<Connection> free = new ArrayDeque<>();
  private long[] latenciesNanos = new long[0];
  private int answered;
  private int failed;

  /** Connects. */
  public HttpLoad(InetSocketAddress server, int connections) throws IOException {
    this.server = server;
    this.selector = Selector.open();
    for (int i = 0; i < connections; i++) {
      Connection connection = new Connection();
      this.connections.add(connection);
      free.add(connection);
    }
  }

  /**
   * What came of it.
   *
   * @param answered with 200
   * @param failed answered otherwise, or not at all
   * @param seconds it took
   * @param latencies of those that were answered
   */
  public record Outcome(int answered, int failed, double seconds, Latencies latencies) {}

  /** Asks as fast as it is answered. */
  public Outcome closedLoop(List<byte[]> requests, Duration duration, int mostRequests)
      throws IOException {
    begin(mostRequests);
    long began = System.nanoTime();
    long end = began + duration.toNanos();
    int asked = 0;
    for (long now = began; now < end && asked < mostRequests; now = System.nanoTime()) {
      while (!free.isEmpty() && asked < mostRequests) {
        ask(free.remove(), requests.get(asked++ % requests.size()), System.nanoTime());
      }
      turn();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    int inTime = answered;
    finish();
    return outcome(inTime, seconds);
  }

  /** Asks so many times a second, whatever the server does. */
  public Outcome openLoop(List<byte[]> requests, double perSecond, Duration duration)
      throws IOException {
    Random random = new Random(SEED);
    begin((int) (perSecond * duration.toSeconds() * 1.5) + 1_000);
    long began = System.nanoTime();
    long end = began + duration.toNanos();
    long due = began;
    int asked = 0;
    for (long now = began; due < end && now < end + PATIENCE_NANOS; now = System.nanoTime()) {
      while (due <= now && due < end && !free.isEmpty()) {
        ask(free.remove(), requests.get(asked++ % requests.size()), due);
        due += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
      }
      turn();
    }
    for (; due < end; due += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9)) {
      failed++; // never even asked
    }
    finish();
    return outcome(answered, (System.nanoTime() - began) / 1e9);
  }

  private void begin(int mostRequests) {
    latenciesNanos = new long[mostRequests];
    answered = 0;
    failed = 0;
  }

  /** Waits for what was asked. */
  private void finish() throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (free.size() < connections.size() && System.nanoTime() < end) {
      turn();
    }
    for (Connection connection : connections) {
      if (connection.isAsked) {
        lost(connection);
      }
    }
  }

  private Outcome outcome(int inTime, double seconds) {
    return new Outcome(inTime, failed, seconds, new Latencies(latenciesNanos, answered));
  }

  private void ask(Connection connection, byte[] request, long due) throws IOException {
    connection.dueAt = due;
    connection.isAsked = true;
    connection.in.clear();
    connection.answerBytes = -1;
    try {
      ByteBuffer out = ByteBuffer.wrap(request);
      // A request has some hundred bytes and the connection is idle: the kernel takes all of it.
      if (connection.channel.write(out) < request.length) {
        lost(connection);
      }
    } catch (IOException e) {
      lost(connection);
    }
  }

  private void turn() throws IOException {
    selector.selectNow(key -> {
      if (key.attachment() instanceof Connection connection) {
        read(connection);
      }
    });
  }

  private void read(Connection connection) {
    try {
      int read = connection.channel.read(connection.in);
      if (read < 0 || !connection.isAsked || !connection.in.hasRemaining()) {
        lost(connection);
      } else if (connection.isWhole()) {
        if (connection.isSuccess() && answered < latenciesNanos.length) {
          latenciesNanos[answered++] = System.nanoTime() - connection.dueAt;
        } else {
          failed++;
        }
        connection.isAsked = false;
        free.add(connection);
      }
    } catch (IOException e) {
      try {
        lost(connection);
      } catch (IOException further) {
        throw new UncheckedIOException(further);
      }
    }
  }

  private void lost(Connection connection) throws IOException {
    if (connection.isAsked) {
      failed++;
      free.add(connection);
    }
    connection.isAsked = false;
    connection.reconnect();
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  /** One that is kept, with what came on it. */
  private final class Connection {
    private final ByteBuffer in = ByteBuffer.allocate(MOST_ANSWER_BYTES);
    private SocketChannel channel = connected();
    private long dueAt;
    private int answerBytes;
    private boolean isAsked;

    Connection() throws IOException {}

    void reconnect() throws IOException {
      channel.close();
      channel = connected();
    }

    private SocketChannel connected() throws IOException {
      SocketChannel made = SocketChannel.open(server);
      made.setOption(StandardSocketOptions.TCP_NODELAY, true);
      made.configureBlocking(false);
      made.register(selector, SelectionKey.OP_READ, this);
      return made;
    }

    boolean isWhole() {
      if (answerBytes < 0) {
        answerBytes = wholeBytes();
      }
      return answerBytes >= 0 && in.position() >= answerBytes;
    }

    /** Of head and body, as soon as the head is here; before -1. */
    private int wholeBytes() {
      byte[] bytes = in.array();
      int line = 0;
      int length = 0;
      for (int i = 1; i < in.position(); i++) {
        if (bytes[i] == '\n') {
          if (i - line <= 1) {
            return i + 1 + length;
          }
          if (isLength(bytes, line)) {
            length = number(bytes, line);
          }
          line = i + 1;
        }
      }
      return -1;
    }

    boolean isSuccess() {
      return Arrays.equals(SUCCESS, 0, SUCCESS.length, in.array(), 0, SUCCESS.length);
    }
  }

  private static boolean isLength(byte[] bytes, int from) {
    for (int i = 0; i < LENGTH.length; i++) {
      if ((bytes[from + i] | 0x20) != LENGTH[i] && bytes[from + i] != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int line) {
    int number = 0;
    for (int i = line + LENGTH.length; bytes[i] != '\r'; i++) {
      if (bytes[i] != ' ') {
        number = number * 10 + bytes[i] - '0';
      }
    }
    return number;
  }

  /** A POST of JSON, as it goes over the wire. */
  public static byte[] post(String path, String headers, String body) {
    return String.format(
            Locale.ROOT,
            "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Accept: application/json\r\n%sContent-Length: %d\r\n\r\n%s",
            path,
            headers,
            body.length(),
            body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
