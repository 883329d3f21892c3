package io.tributary.gateway.problem;

/**
 * Cuts the connection of an answer that cannot be ended. Says nothing: its cause was logged, and
 * what the server logs of it must not hold the request's path.
 */
final class BrokenAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenAnswerException() {
    super("the answer broke off", null, false, false);
  }
}
