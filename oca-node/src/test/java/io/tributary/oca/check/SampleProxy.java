package io.tributary.oca.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy that makes tunnels, as one before an ISP's machines does. */
final class SampleProxy implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger tunnels = new AtomicInteger();

  SampleProxy() throws IOException {
    Thread.ofPlatform().daemon().name("sample-proxy").start(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  int tunnels() {
    return tunnels.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket caller = listener.accept();
        Thread.startVirtualThread(() -> tunnel(caller));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void tunnel(Socket caller) {
    try (caller) {
      String[] words = HttpHead.read(caller.getInputStream()).split(" ", 3);
      int colon = words[1].lastIndexOf(':');
      try (Socket called =
          new Socket(
              words[1].substring(0, colon), Integer.parseInt(words[1].substring(colon + 1)))) {
        tunnels.incrementAndGet();
        caller.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
        Thread back = Thread.startVirtualThread(() -> pass(called, caller));
        pass(caller, called);
        back.join();
      }
    } catch (IOException e) {
      // Either side went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // Either side went away.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
