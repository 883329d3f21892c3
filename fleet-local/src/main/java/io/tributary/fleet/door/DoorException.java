package io.tributary.fleet.door;

import java.io.IOException;

/** A door answered, and the answer is no. */
public final class DoorException extends IOException {

  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param message the door's own words
   */
  public DoorException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }
}
