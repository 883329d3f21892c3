package io.tributary.playback.problem;

import io.tributary.contracts.api.ProblemType;
import java.net.URI;
import java.util.Locale;

/**
 * An RFC 9457 problem.
 *
 * @param type stable; clients act on it
 * @param title the type in words
 * @param status of the answer
 * @param detail names the field, its value and what was expected
 * @param retryable whether the same request may succeed later
 */
public record ProblemBody(URI type, String title, int status, String detail, boolean retryable) {
  /** The body of a type. */
  public static ProblemBody of(ProblemType type, String detail) {
    String words = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new ProblemBody(
        type.uri(),
        Character.toUpperCase(words.charAt(0)) + words.substring(1),
        type.status(),
        detail,
        type.retryable());
  }
}
