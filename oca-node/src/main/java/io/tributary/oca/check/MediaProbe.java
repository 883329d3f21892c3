package io.tributary.oca.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tributary.contracts.media.HealthAnswer;
import io.tributary.oca.check.MediaFacts.Port;
import io.tributary.oca.check.MediaFacts.Reach;
import io.tributary.oca.serve.ServeConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Takes the media port for a moment, or finds the node that has it, and calls the announced address
 * to see whether it leads back. Whoever else calls meanwhile is told that nobody serves there.
 */
final class MediaProbe {
  private static final Duration STEP = Duration.ofSeconds(2);

  private final ServeConfig serve;
  private final URI endpoint;
  private final String nodeId;

  MediaProbe(ServeConfig serve, URI endpoint, String nodeId) {
    this.serve = serve;
    this.endpoint = endpoint;
    this.nodeId = nodeId;
  }

  MediaFacts look() {
    String address = serve.address() + ":" + serve.port();
    try (ServerSocket door = new ServerSocket()) {
      door.bind(new InetSocketAddress(serve.address(), serve.port()));
      String sign = "check-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
      Thread.ofPlatform().daemon().name("oca-check-door").start(() -> answer(door, sign));
      return new MediaFacts(
          address, new Port.Free(), endpoint, reach(HealthAnswer.PATH + "?" + sign, sign));
    } catch (BindException e) {
      return taken(address, e);
    } catch (IOException e) {
      return unusable(address, e);
    }
  }

  private MediaFacts taken(String address, BindException e) {
    String reason = String.valueOf(e.getMessage());
    if (!reason.toLowerCase(Locale.ROOT).contains("in use")) {
      return unusable(address, e);
    }
    String host = isAnyLocal(serve.address()) ? "localhost" : serve.address();
    Port port;
    try {
      String who = node(host, serve.port(), HealthAnswer.PATH);
      port =
          nodeId.equals(who)
              ? new Port.Ours()
              : new Port.Taken(who == null ? "something that is no node" : "node " + who);
    } catch (IOException silent) {
      port = new Port.Taken("something that does not answer HTTP: " + silent.getMessage());
    }
    return new MediaFacts(
        address,
        port,
        endpoint,
        port instanceof Port.Ours
            ? reach(HealthAnswer.PATH, nodeId)
            : new Reach.Untried("the media port is not this node's"));
  }

  private MediaFacts unusable(String address, IOException e) {
    return new MediaFacts(
        address,
        new Port.Unusable(String.valueOf(e.getMessage())),
        endpoint,
        new Reach.Untried("there is no media port"));
  }

  private static boolean isAnyLocal(String address) {
    try {
      return InetAddress.getByName(address).isAnyLocalAddress();
    } catch (IOException e) {
      return false;
    }
  }

  private Reach reach(String path, String expected) {
    if ("https".equals(endpoint.getScheme())) {
      return new Reach.Untried("TLS is ended before the media door, by whom is not known here");
    }
    long begun = System.nanoTime();
    try {
      String who =
          node(
              NameProbe.bare(endpoint.getHost()),
              endpoint.getPort() > 0 ? endpoint.getPort() : 80,
              path);
      long millis = (System.nanoTime() - begun) / 1_000_000;
      return expected.equals(who)
          ? new Reach.Here(millis)
          : new Reach.Elsewhere(who == null ? "something that is no node" : "node " + who);
    } catch (IOException e) {
      return new Reach.Silent(String.valueOf(e.getMessage()));
    }
  }

  /** Who answers there; null when it is no node. */
  private static @Nullable String node(String host, int port, String path) throws IOException {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new IOException("its name does not resolve");
      }
      socket.connect(address, (int) STEP.toMillis());
      socket.setSoTimeout((int) STEP.toMillis());
      HttpHead.ask(socket.getOutputStream(), path, host);
      return HttpHead.field(HttpHead.read(socket.getInputStream()), HealthAnswer.NODE_HEADER);
    }
  }

  private static void answer(ServerSocket door, String sign) {
    while (!door.isClosed()) {
      try (Socket caller = door.accept()) {
        caller.setSoTimeout((int) STEP.toMillis());
        String request = HttpHead.read(caller.getInputStream());
        boolean isOurs = request.startsWith("GET " + HealthAnswer.PATH + "?" + sign + " ");
        String first =
            isOurs
                ? "HTTP/1.1 200 OK\r\n" + HealthAnswer.NODE_HEADER + ": " + sign
                : "HTTP/1.1 503 Service Unavailable";
        caller
            .getOutputStream()
            .write(
                (first + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(ISO_8859_1));
      } catch (IOException e) {
        // The door was closed, or one caller went away.
      }
    }
  }
}
