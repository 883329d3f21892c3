package io.tributary.client.json;

import java.util.Locale;

/**
 * Writes one flat JSON object, which is all that this SDK ever sends. Not safe for many threads.
 */
public final class JsonText {
  private final StringBuilder text = new StringBuilder("{");

  /** Adds a string member. */
  public JsonText with(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  /** Adds a number member. */
  public JsonText with(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  /** Adds an array of one string. */
  public JsonText withOneOf(String name, String value) {
    name(name);
    text.append('[');
    quote(value);
    text.append(']');
    return this;
  }

  /** The whole object. */
  public String done() {
    return text + "}";
  }

  private void name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        // Escaped surrogates keep even a lone one valid UTF-8.
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
