package io.tributary.client.json;

import java.util.List;
import java.util.Map;

/** Any JSON value, as read. Immutable. */
public sealed interface JsonValue {
  /** Members in the order of the text. */
  record Members(Map<String, JsonValue> members) implements JsonValue {}

  /** Elements in the order of the text. */
  record Elements(List<JsonValue> elements) implements JsonValue {}

  /** A string, unescaped. */
  record Text(String text) implements JsonValue {}

  /** A number as written, so that no digit is lost. */
  record Digits(String literal) implements JsonValue {}

  /** {@code true} or {@code false}. */
  record Truth(boolean value) implements JsonValue {}

  /** {@code null}. */
  record Absent() implements JsonValue {}
}
