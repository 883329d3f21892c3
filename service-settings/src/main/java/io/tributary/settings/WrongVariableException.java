package io.tributary.settings;

/** An environment variable that was meant as a setting and is none. */
final class WrongVariableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongVariableException(String message) {
    super(message);
  }
}
