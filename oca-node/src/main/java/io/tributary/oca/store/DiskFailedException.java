package io.tributary.oca.store;

import java.io.IOException;

/**
 * This node's own disk takes no more: full (or as full as it may be), read-only or failing. Waiting
 * may help, peers not.
 */
public final class DiskFailedException extends IOException {
  private static final long serialVersionUID = 1;

  public DiskFailedException(String message) {
    super(message);
  }

  public DiskFailedException(IOException cause) {
    super(cause.toString(), cause);
  }
}
