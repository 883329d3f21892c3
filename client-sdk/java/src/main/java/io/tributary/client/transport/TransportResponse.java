package io.tributary.client.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An answer whose status and headers have come and whose body may still be on its way. */
public interface TransportResponse extends Closeable {
  /** The HTTP status; redirects are not followed, so 3xx can be among them. */
  int status();

  /** A header's first value; null if it is absent. */
  @Nullable String header(String name);

  /**
   * The body, of an error too; empty if there is none. A read that waits longer than the request's
   * {@code silenceMillis} throws {@code java.net.SocketTimeoutException}.
   */
  InputStream body() throws IOException;

  /** Says that the body was read whole, so that the connection may serve again. Never blocks. */
  @Override
  void close();

  /**
   * Drops the connection, because the rest of the body is of no interest. Never blocks for long.
   */
  void abandon();
}
