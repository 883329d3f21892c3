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
  private static final String PROBLEM = "application/problem+json";

  private final ServeConfig serve;
  private final @Nullable URI endpoint;
  private final String nodeId;

  MediaProbe(ServeConfig serve, @Nullable URI endpoint, String nodeId) {
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
      port =
          switch (who(host, serve.port(), HealthAnswer.PATH)) {
            case Who.Named(String id) when id.equals(nodeId) -> new Port.Ours();
            case Who.Resting _ -> new Port.Resting();
            case Who other -> new Port.Taken(other.shown());
          };
    } catch (IOException silent) {
      port = new Port.Taken("something that does not answer HTTP: " + silent.getMessage());
    }
    Reach reach =
        switch (port) {
          case Port.Ours _ -> reach(HealthAnswer.PATH, nodeId);
          case Port.Resting _ -> new Reach.Untried("the node that runs is not in service");
          default -> new Reach.Untried("the media port is not this node's");
        };
    return new MediaFacts(address, port, endpoint, reach);
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
    if (endpoint == null) {
      return new Reach.Untried("oca.endpoint tells none");
    }
    if ("https".equals(endpoint.getScheme())) {
      return new Reach.Untried("TLS is ended before the media door, by whom is not known here");
    }
    long begun = System.nanoTime();
    try {
      Who who =
          who(
              NameProbe.bare(endpoint.getHost()),
              endpoint.getPort() > 0 ? endpoint.getPort() : 80,
              path);
      long millis = (System.nanoTime() - begun) / 1_000_000;
      return who.equals(new Who.Named(expected))
          ? new Reach.Here(millis)
          : new Reach.Elsewhere(who.shown());
    } catch (IOException e) {
      return new Reach.Silent(String.valueOf(e.getMessage()));
    }
  }

  /** Who answers at a media door. */
  private sealed interface Who {
    /** In service, and so it says its name. */
    record Named(String nodeId) implements Who {}

    /** A node, in service for nobody now. */
    record Resting() implements Who {}

    /** No node. */
    record Stranger() implements Who {}

    default String shown() {
      return switch (this) {
        case Named(String nodeId) -> "node " + nodeId;
        case Resting _ -> "a node that is not in service";
        case Stranger _ -> "something that is no node";
      };
    }
  }

  private static Who who(String host, int port, String path) throws IOException {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new IOException("its name does not resolve");
      }
      socket.connect(address, (int) STEP.toMillis());
      socket.setSoTimeout((int) STEP.toMillis());
      HttpHead.ask(socket.getOutputStream(), path, host);
      String head = HttpHead.read(socket.getInputStream());
      String name = HttpHead.field(head, HealthAnswer.NODE_HEADER);
      if (name != null) {
        return new Who.Named(name);
      }
      return head.startsWith("HTTP/1.1 503 ")
              && PROBLEM.equals(HttpHead.field(head, "Content-Type"))
          ? new Who.Resting()
          : new Who.Stranger();
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
