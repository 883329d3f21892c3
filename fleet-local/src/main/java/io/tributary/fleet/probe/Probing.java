package io.tributary.fleet.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks processes whether they are ready. Safe for use by many threads. */
public final class Probing {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient http;

  /** Asks by this client. */
  public Probing(HttpClient http) {
    this.http = http;
  }

  /** Whether the process is ready now; never throws for one that is not. */
  public boolean isReady(Probe probe) throws InterruptedException {
    return switch (probe) {
      case Probe.Accepts(int port) -> accepts(port);
      case Probe.Readiness(int port) -> readiness(port);
    };
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) TIMEOUT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean readiness(int port) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
            .timeout(TIMEOUT)
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
