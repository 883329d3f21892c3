package io.tributary.fleet.e2e;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A probe of a manifest, asked as a kubelet would.
 *
 * @param path of HTTP; empty: whether the port accepts
 * @param port of the pod
 * @param bound the time in which it may fail
 * @param timeout of one try
 */
record ManifestProbe(String path, int port, Duration bound, Duration timeout) {

  /** The probe of that name of a container of a pod. */
  static ManifestProbe of(JsonNode container, String name) {
    JsonNode probe = container.get(name);
    JsonNode port = probe.has("httpGet") ? probe.at("/httpGet/port") : probe.at("/tcpSocket/port");
    return new ManifestProbe(
        probe.at("/httpGet/path").asString(""),
        number(container, port),
        // Kubernetes' own defaults.
        Duration.ofSeconds(
            (long) probe.path("failureThreshold").asInt(3) * probe.path("periodSeconds").asInt(10)),
        Duration.ofSeconds(probe.path("timeoutSeconds").asInt(1)));
  }

  /** Asks until it passes; a failure after the bound. */
  void await(String address) {
    Fleet.await(this + " of " + address, bound, () -> passes(address));
  }

  private boolean passes(String address) {
    if (path.isEmpty()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
        return true;
      } catch (IOException e) {
        return false;
      }
    }
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(timeout).build()) {
      URI uri = URI.create("http://" + address + ":" + port + path);
      int status =
          http.send(HttpRequest.newBuilder(uri).timeout(timeout).build(), BodyHandlers.discarding())
              .statusCode();
      return status >= 200 && status < 400;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static int number(JsonNode container, JsonNode port) {
    if (port.isNumber()) {
      return port.asInt();
    }
    return Fleet.elements(container.get("ports"))
        .filter(each -> each.get("name").asString().equals(port.asString()))
        .findFirst()
        .orElseThrow()
        .get("containerPort")
        .asInt();
  }
}
