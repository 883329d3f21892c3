package io.tributary.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A loopback port that stands before another, as a proxy or a port mapping does. */
final class ForwardingPort implements AutoCloseable {
  private final ServerSocket door;
  private final String host;
  private final int port;

  private ForwardingPort(ServerSocket door, String host, int port) {
    this.door = door;
    this.host = host;
    this.port = port;
  }

  static ForwardingPort to(String target) throws IOException {
    String[] parts = target.split(":", 2);
    var made =
        new ForwardingPort(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            parts[0],
            Integer.parseInt(parts[1]));
    Thread.ofVirtual().start(made::accept);
    return made;
  }

  String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket server = new Socket(host, port)) {
      Thread back = Thread.ofVirtual().start(() -> copy(server, client));
      copy(client, server);
      back.join();
    } catch (IOException | InterruptedException _) {
      // The end of either side is the end of both.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException _) {
      // The end of either side is the end of both.
    }
  }
}
