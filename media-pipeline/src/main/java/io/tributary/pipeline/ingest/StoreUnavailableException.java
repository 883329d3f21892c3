package io.tributary.pipeline.ingest;

/** A store that this needs cannot be asked now; a later call may succeed. */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Keeps what the store's own library said. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
