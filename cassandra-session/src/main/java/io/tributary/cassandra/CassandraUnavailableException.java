package io.tributary.cassandra;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * No node of the cluster can be asked now. Thrown at once, without waiting for a connection; a
 * later call may succeed.
 */
public final class CassandraUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public CassandraUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
