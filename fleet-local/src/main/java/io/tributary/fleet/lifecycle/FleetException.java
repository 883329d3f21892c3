package io.tributary.fleet.lifecycle;

/** A word cannot do what it should; the message tells a person why and what to do next. */
public final class FleetException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** For a person. */
  public FleetException(String message) {
    super(message);
  }

  /** For a person, with what led to it. */
  public FleetException(String message, Throwable cause) {
    super(message, cause);
  }
}
