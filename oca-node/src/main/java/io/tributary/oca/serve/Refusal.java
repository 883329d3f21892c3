package io.tributary.oca.serve;

import io.tributary.contracts.api.ProblemType;
import java.util.Locale;

/**
 * An answer without media: the one table of what goes wrong, its status and its metric tag.
 *
 * @param type as problem+json tells it
 * @param status usually the type's own
 * @param detail what was expected; never quotes a token or a path
 */
record Refusal(ProblemType type, int status, String detail) {
  static Refusal of(ProblemType type, String detail) {
    return new Refusal(type, type.status(), detail);
  }

  static Refusal of(ProblemType type, int status, String detail) {
    return new Refusal(type, status, detail);
  }

  /** A JSON body by RFC 9457; every part of it is ours and needs no escaping. */
  String body() {
    return "{\"type\":\""
        + type.uri()
        + "\",\"title\":\""
        + title()
        + "\",\"status\":"
        + status
        + ",\"detail\":\""
        + detail
        + "\",\"retryable\":"
        + type.retryable()
        + "}";
  }

  private String title() {
    String words = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
