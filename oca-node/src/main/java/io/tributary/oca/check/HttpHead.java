package io.tributary.oca.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The least of HTTP/1.1 that looks at other sides need: one question, and the head of an answer.
 */
final class HttpHead {
  private static final int MAX_BYTES = 16_384;

  private HttpHead() {}

  static void ask(OutputStream out, String path, String host) throws IOException {
    out.write(
        ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
            .getBytes(ISO_8859_1));
    out.flush();
  }

  /** A request's or an answer's first lines, as far as they came. */
  static String read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_BYTES && head.indexOf("\r\n\r\n") < 0) {
      int one = in.read();
      if (one < 0) {
        break;
      }
      head.append((char) one);
    }
    return head.toString();
  }

  /** The value of a header field; null when it is not there. */
  static @Nullable String field(String head, String name) {
    for (String line : head.split("\r\n", -1)) {
      if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
        return line.substring(name.length() + 1).strip();
      }
    }
    return null;
  }
}
