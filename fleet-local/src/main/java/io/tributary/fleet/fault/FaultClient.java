package io.tributary.fleet.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells a running fault proxy what to do. Safe for use by many threads. */
public final class FaultClient {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http;
  private final int controlPort;

  /** A client of the proxy with this control port on this machine. */
  public FaultClient(HttpClient http, int controlPort) {
    this.http = http;
    this.controlPort = controlPort;
  }

  /** See {@link FaultProxyServer#serve}. */
  public void serve(List<ProxyTarget> targets) throws IOException, InterruptedException {
    put("/targets", targets);
  }

  /** See {@link FaultProxyServer#fault}. */
  public void fault(String name, Fault fault) throws IOException, InterruptedException {
    put("/faults/" + name, fault);
  }

  /** The names of the processes with a fault before them. */
  public List<String> faulty() throws IOException, InterruptedException {
    HttpRequest request = request("/faults").GET().build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return List.copyOf(JSON.readTree(response.body()).propertyNames());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + controlPort + path))
        .timeout(TIMEOUT);
  }

  private void put(String path, Object body) throws IOException, InterruptedException {
    HttpRequest request =
        request(path).PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      JsonNode problem = JSON.readTree(response.body());
      throw new IOException("fault proxy: " + problem.path("error").asString(response.body()));
    }
  }
}
