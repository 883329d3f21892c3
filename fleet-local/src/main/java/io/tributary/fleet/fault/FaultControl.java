package io.tributary.fleet.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The launcher's way to tell the proxy what to do: {@code PUT /targets} (all of them), {@code PUT
 * /faults/NAME}, {@code GET /faults}, {@code GET /connections}; JSON, on loopback.
 */
final class FaultControl implements AutoCloseable {

  private static final int LARGEST_BODY_BYTES = 256 * 1024;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Problem(String error) {}

  private final FaultProxyServer proxy;
  private final HttpServer server;

  FaultControl(FaultProxyServer proxy, int port) throws IOException {
    this.proxy = proxy;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String wanted = exchange.getRequestMethod() + " " + path;
      try {
        if (wanted.equals("PUT /targets")) {
          proxy.serve(List.of(read(exchange, ProxyTarget[].class)));
          answer(exchange, 200, Map.of());
        } else if (wanted.startsWith("PUT /faults/")) {
          String name = path.substring("/faults/".length());
          boolean known = proxy.fault(name, read(exchange, Fault.class));
          answer(exchange, known ? 200 : 404, known ? Map.of() : new Problem("no process " + name));
        } else if (wanted.equals("GET /faults")) {
          answer(exchange, 200, proxy.faults());
        } else if (wanted.equals("GET /connections")) {
          answer(exchange, 200, proxy.connections());
        } else {
          answer(exchange, 404, new Problem("nothing at " + wanted));
        }
      } catch (JacksonException | IllegalArgumentException e) {
        answer(exchange, 400, new Problem(String.valueOf(e.getMessage())));
      } catch (IOException e) {
        answer(exchange, 409, new Problem(String.valueOf(e.getMessage())));
      }
    }
  }

  private static <T> T read(HttpExchange exchange, Class<T> type) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES);
    return JSON.readValue(body, type);
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
