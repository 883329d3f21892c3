package io.tributary.steering.location.source;

/** A record is not what its format says. Without a stack trace: a bad file has many. */
final class MalformedRecordException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedRecordException(String message) {
    super(message, null, false, false);
  }

  /** For people. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
