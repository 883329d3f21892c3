package io.tributary.client.json;

import io.tributary.client.json.JsonValue.Absent;
import io.tributary.client.json.JsonValue.Digits;
import io.tributary.client.json.JsonValue.Elements;
import io.tributary.client.json.JsonValue.Members;
import io.tributary.client.json.JsonValue.Text;
import io.tributary.client.json.JsonValue.Truth;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text (RFC 8259) and nothing else: no comments, no trailing commas, no duplicate
 * names, no malformed UTF-8, nothing after the value. Depth is bounded so that no answer can
 * overflow the stack; size is bounded by whoever reads the bytes. Time and memory are linear in the
 * text.
 */
public final class JsonReader {
  /** The API's deepest answer has 7 levels. */
  static final int MAX_DEPTH = 32;

  /** Longer than any double or long needs. */
  static final int MAX_NUMBER_LENGTH = 64;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads a whole text.
   *
   * @throws JsonException if it is not one JSON value
   */
  public static JsonValue read(byte[] utf8) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8))
              .toString();
    } catch (CharacterCodingException malformed) {
      throw new JsonException("the text is not UTF-8 (" + malformed.getMessage() + ")");
    }
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    JsonValue value = reader.value(0);
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.unexpected("the end");
    }
    return value;
  }

  /**
   * Reads a whole text that must be an object.
   *
   * @throws JsonException if it is not
   */
  public static JsonObject readObject(byte[] utf8) {
    return JsonObject.of(read(utf8), "the answer");
  }

  private JsonValue value(int depth) {
    if (depth > MAX_DEPTH) {
      throw new JsonException("nesting is deeper than " + MAX_DEPTH + " at character " + at);
    }
    return switch (peek()) {
      case '{' -> members(depth);
      case '[' -> elements(depth);
      case '"' -> new Text(string());
      case 't' -> word("true", new Truth(true));
      case 'f' -> word("false", new Truth(false));
      case 'n' -> word("null", new Absent());
      default -> number();
    };
  }

  private JsonValue members(int depth) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    at++;
    skipSpace();
    if (peek() == '}') {
      at++;
      return new Members(members);
    }
    while (true) {
      if (peek() != '"') {
        throw unexpected("a member's name");
      }
      String name = string();
      skipSpace();
      expect(':');
      skipSpace();
      if (members.put(name, value(depth + 1)) != null) {
        throw new JsonException("the name \"" + name + "\" comes twice at character " + at);
      }
      skipSpace();
      if (peek() == '}') {
        at++;
        return new Members(Collections.unmodifiableMap(members));
      }
      expect(',');
      skipSpace();
    }
  }

  private JsonValue elements(int depth) {
    List<JsonValue> elements = new ArrayList<>();
    at++;
    skipSpace();
    if (peek() == ']') {
      at++;
      return new Elements(elements);
    }
    while (true) {
      elements.add(value(depth + 1));
      skipSpace();
      if (peek() == ']') {
        at++;
        return new Elements(Collections.unmodifiableList(elements));
      }
      expect(',');
      skipSpace();
    }
  }

  private String string() {
    at++;
    int from = at;
    StringBuilder unescaped = null;
    while (true) {
      char c = peek();
      if (c == '"') {
        String tail = text.substring(from, at++);
        return unescaped == null ? tail : unescaped.append(tail).toString();
      }
      if (c < ' ') {
        throw unexpected("no control character inside a string");
      }
      if (c == '\\') {
        if (unescaped == null) {
          unescaped = new StringBuilder();
        }
        unescaped.append(text, from, at);
        at++;
        unescaped.append(escape());
        from = at;
      } else {
        at++;
      }
    }
  }

  private char escape() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit();
      default -> {
        at--;
        throw unexpected("an escape of JSON's");
      }
    };
  }

  private char codeUnit() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char hex = peek();
      int digit = hex < 128 ? Character.digit(hex, 16) : -1;
      if (digit < 0) {
        throw unexpected("four hexadecimal digits");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private JsonValue number() {
    int from = at;
    if (has('-')) {
      at++;
    }
    if (has('0')) {
      at++;
    } else {
      digits();
    }
    if (has('.')) {
      at++;
      digits();
    }
    if (has('e') || has('E')) {
      at++;
      if (has('+') || has('-')) {
        at++;
      }
      digits();
    }
    if (at - from > MAX_NUMBER_LENGTH) {
      throw new JsonException(
          "a number is longer than " + MAX_NUMBER_LENGTH + " characters at character " + from);
    }
    return new Digits(text.substring(from, at));
  }

  private void digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw unexpected("a value or digit");
    }
  }

  private JsonValue word(String word, JsonValue value) {
    if (!text.startsWith(word, at)) {
      throw unexpected(word);
    }
    at += word.length();
    return value;
  }

  private boolean has(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private char peek() {
    if (at >= text.length()) {
      throw new JsonException("the text ends early, after " + at + " characters");
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected("'" + c + "'");
    }
    at++;
  }

  private void skipSpace() {
    while (has(' ') || has('\n') || has('\r') || has('\t')) {
      at++;
    }
  }

  private JsonException unexpected(String expected) {
    String found = at < text.length() ? String.format("U+%04X", (int) text.charAt(at)) : "the end";
    return new JsonException(
        "found " + found + " at character " + at + " (expected: " + expected + ")");
  }
}
