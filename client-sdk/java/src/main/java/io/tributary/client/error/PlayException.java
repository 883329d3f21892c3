package io.tributary.client.error;

import org.jspecify.annotations.Nullable;

/** A call of the SDK failed; {@link #error()} says why in a form to act on. */
public final class PlayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Read from the fields of a record that is not itself serializable; nobody sends these over a
  // wire.
  private final transient PlayError error;

  public PlayException(PlayError error) {
    this(error, null);
  }

  public PlayException(PlayError error, @Nullable Throwable cause) {
    super(error.code().word() + ": " + error.message(), cause);
    this.error = error;
  }

  /** What failed, and what to do. */
  public PlayError error() {
    return error;
  }
}
