package io.tributary.fleet.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A request on a connection of its own that is sent once: both of the JDK's clients repeat one in
 * silence whose connection broke, and what broke is what is counted here. HTTP/1.1, RFC 9112.
 */
final class OneRequest {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration SILENT_AT_MOST = Duration.ofSeconds(15);

  private OneRequest() {}

  /** An answer that came whole. */
  record Answer(int status, String body) {}

  /**
   * Sends it.
   *
   * @param headers whole lines
   * @throws IOException if no whole answer comes
   */
  static Answer send(String method, URI uri, List<String> headers, String body) throws IOException {
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    StringBuilder head =
        new StringBuilder(method + " " + uri.getRawPath() + query + " HTTP/1.1\r\n");
    head.append("Host: ").append(uri.getHost()).append(':').append(uri.getPort()).append("\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    head.append("Content-Length: ").append(content.length).append("\r\n");
    head.append("Connection: close\r\n\r\n");
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(Math.toIntExact(SILENT_AT_MOST.toMillis()));
      socket.connect(
          new InetSocketAddress(uri.getHost(), uri.getPort()),
          Math.toIntExact(CONNECT_WITHIN.toMillis()));
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(content);
      return read(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private static Answer read(InputStream in) throws IOException {
    String statusLine = line(in);
    if (!statusLine.startsWith("HTTP/1.1 ")) {
      throw new IOException("a broken answer: " + statusLine);
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    int length = -1;
    boolean isChunked = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      isChunked |= lower.equals("transfer-encoding: chunked");
    }
    if (!isChunked && length < 0) {
      throw new IOException("an answer whose end nobody could tell from a break");
    }
    byte[] body = isChunked ? chunks(in) : exactly(in, length);
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", -1)[0].strip(), 16);
      body.writeBytes(exactly(in, size));
      String end = line(in);
      if (size == 0) {
        return body.toByteArray();
      }
      if (!end.isEmpty()) {
        throw new IOException("a broken chunk");
      }
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("broken off after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new IOException("broken off after \"" + line + "\"");
      }
      line.append((char) each);
    }
    return line.toString().strip();
  }
}
