package io.tributary.oca.routes;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of a stream, each of which ends or is refused. For one thread. */
final class BoundedLines {
  private final InputStream in;
  private final int maxBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * Of that stream.
   *
   * @param maxBytes of a line
   */
  BoundedLines(InputStream in, int maxBytes) {
    this.in = new BufferedInputStream(in);
    this.maxBytes = maxBytes;
  }

  /**
   * The next line without its end; null at the end of the stream.
   *
   * @throws IOException if the line is too long, too
   */
  @Nullable String next() throws IOException {
    line.reset();
    int read = in.read();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != '\n') {
      if (line.size() == maxBytes) {
        throw new IOException("a line is too long (expected: at most " + maxBytes + " bytes)");
      }
      line.write(read);
      read = in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
