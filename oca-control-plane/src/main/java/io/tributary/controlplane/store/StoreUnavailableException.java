package io.tributary.controlplane.store;

/** Cassandra could not be asked, or did not answer: the same call may succeed later. */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
