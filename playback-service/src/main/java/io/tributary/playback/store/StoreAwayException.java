package io.tributary.playback.store;

import java.io.Serial;

/** The store cannot be asked now, or did not answer in time. A later attempt may succeed. */
public final class StoreAwayException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public StoreAwayException(String message) {
    super(message);
  }

  public StoreAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
