package io.tributary.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A replica of a service behind the gateway, on a real socket, that does what a test tells it. */
final class Replica implements AutoCloseable {
  /** A request as it arrived. */
  record Seen(String method, String uri, Headers headers, String body) {}

  /** What a replica does with a request. */
  interface Behaviour {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  static final Behaviour OK = exchange -> send(exchange, 200, "ok");

  /** As if killed: the connection ends before the answer's first byte. */
  static final Behaviour DIES = HttpExchange::close;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch thawed = new CountDownLatch(1);
  private volatile Behaviour behaviour = OK;

  Replica() throws IOException {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  Replica(InetSocketAddress address) throws IOException {
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return server.getAddress().getPort();
  }

  void behave(Behaviour next) {
    seen.clear();
    behaviour = next;
  }

  /** As if stopped by a signal: it takes the request and says nothing. */
  void freeze() {
    behave(exchange -> thawed.await());
  }

  List<Seen> seen() {
    return seen;
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** As if killed after so many bytes of its answer's body. */
  static void breakOff(HttpExchange exchange, int bytes) throws IOException {
    exchange.sendResponseHeaders(200, bytes + 1L);
    exchange.getResponseBody().write(new byte[bytes]);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            body));
    try {
      behaviour.answer(exchange);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thawed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
