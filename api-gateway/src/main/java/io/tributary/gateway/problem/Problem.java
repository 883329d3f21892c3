package io.tributary.gateway.problem;

import io.tributary.contracts.api.ProblemType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An error as the caller sees it.
 *
 * @param type with its status
 * @param detail the field, its value and what was expected; nothing secret
 * @param headers that the answer carries besides
 */
public record Problem(ProblemType type, String detail, Map<String, String> headers) {
  public Problem {
    headers = Map.copyOf(headers);
  }

  /** Without headers of its own. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, Map.of());
  }

  /** The same with one more header. */
  public Problem with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Problem(type, detail, more);
  }

  /** The type in words, e.g. {@code Body too large}. */
  public String title() {
    String words = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The members of the JSON object, in RFC 9457's order and {@code retryable}. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", type.uri().toString());
    members.put("title", title());
    members.put("status", type.status());
    members.put("detail", detail);
    members.put("retryable", type.retryable());
    return members;
  }
}
