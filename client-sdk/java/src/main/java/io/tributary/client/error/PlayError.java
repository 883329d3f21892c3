package io.tributary.client.error;

/**
 * Why a call failed or a play ended early.
 *
 * @param code what to switch on
 * @param message what happened, with names and values; never contains a token
 * @param whatToDo one sentence for the app's developer
 * @param retryable whether the same may succeed later
 */
public record PlayError(ErrorCode code, String message, String whatToDo, boolean retryable) {
  /** The error of this code, with the code's own advice. */
  public static PlayError of(ErrorCode code, String message) {
    return new PlayError(code, message, code.whatToDo(), code.retryable());
  }
}
