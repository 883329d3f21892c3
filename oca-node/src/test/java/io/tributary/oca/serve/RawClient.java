package io.tributary.oca.serve;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says exactly the bytes it is told to, and reads what comes back. */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  @SuppressWarnings("ArrayRecordComponent") // Compared by its parts.
  record Answer(int status, Map<String, String> headers, byte[] body) {
    @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Socket socket() {
    return socket;
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  Answer get(String path, String... headers) throws IOException {
    return ask("GET", path, headers);
  }

  Answer ask(String method, String path, String... headers) throws IOException {
    send(request(method, path, headers));
    return read(!method.equals("HEAD"));
  }

  static String request(String method, String path, String... headers) {
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: node\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text + "\r\n";
  }

  Answer read(boolean hasBody) throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = hasBody && status != 304 ? in.readNBytes(length) : new byte[0];
    return new Answer(status, headers, body);
  }

  /** Whether the server has closed the connection; waits for that, or for a byte. */
  boolean isAtEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Whether the server has closed the connection by then; it is to send nothing. */
  boolean isAtEndWithin(Duration wait) throws IOException {
    socket.setSoTimeout((int) wait.toMillis());
    try {
      return isAtEnd();
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** Says it unless the server has closed the connection, which the next read tells. */
  void sendIfOpen(String text) throws IOException {
    try {
      send(text);
    } catch (SocketException e) {
      // Told by the next read.
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("connection ended after \"" + line + "\"");
      }
      if (c == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) c);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
