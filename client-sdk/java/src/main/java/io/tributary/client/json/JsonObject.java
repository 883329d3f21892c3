package io.tributary.client.json;

import io.tributary.client.json.JsonValue.Absent;
import io.tributary.client.json.JsonValue.Digits;
import io.tributary.client.json.JsonValue.Elements;
import io.tributary.client.json.JsonValue.Members;
import io.tributary.client.json.JsonValue.Text;
import io.tributary.client.json.JsonValue.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object whose members are read by name and type. A member that is absent or of another type is
 * a {@link JsonException} that names its path; members that nobody asks for are ignored, so that
 * the server may add some.
 */
public final class JsonObject {
  // 2^53: what every JSON implementation keeps exactly.
  private static final long MAX_LONG = 1L << 53;

  // A hostile value is quoted in a message no longer than this.
  private static final int MAX_QUOTED = 40;

  private final Map<String, JsonValue> members;
  private final String path;

  private JsonObject(Map<String, JsonValue> members, String path) {
    this.members = members;
    this.path = path;
  }

  static JsonObject of(JsonValue value, String path) {
    if (value instanceof Members object) {
      return new JsonObject(object.members(), path);
    }
    throw wrong(path, value, "an object");
  }

  /** A string that must be there. */
  public String text(String name) {
    JsonValue value = member(name);
    if (value instanceof Text text) {
      return text.text();
    }
    throw wrong(child(name), value, "a string");
  }

  /** A string, or null if it is absent or {@code null}. */
  public @Nullable String optionalText(String name) {
    return isAbsent(name) ? null : text(name);
  }

  /** A whole number from 0 to 2^53. */
  public long count(String name) {
    JsonValue value = member(name);
    if (value instanceof Digits digits) {
      try {
        long count = Long.parseLong(digits.literal());
        if (count >= 0 && count <= MAX_LONG) {
          return count;
        }
      } catch (NumberFormatException notWhole) {
        // Said below, with the value.
      }
    }
    throw wrong(child(name), value, "a whole number from 0 to 2^53");
  }

  /** As {@link #count}, with a value for when it is absent or {@code null}. */
  public long countOr(String name, long otherwise) {
    return isAbsent(name) ? otherwise : count(name);
  }

  /** A truth, or {@code otherwise} if it is absent or {@code null}. */
  public boolean truthOr(String name, boolean otherwise) {
    if (isAbsent(name)) {
      return otherwise;
    }
    JsonValue value = member(name);
    if (value instanceof Truth truth) {
      return truth.value();
    }
    throw wrong(child(name), value, "true or false");
  }

  /** An object that must be there. */
  public JsonObject object(String name) {
    return of(member(name), child(name));
  }

  /** An object, or null if it is absent or {@code null}. */
  public @Nullable JsonObject optionalObject(String name) {
    return isAbsent(name) ? null : object(name);
  }

  /** An array of objects that must be there. */
  public List<JsonObject> objects(String name) {
    JsonValue value = member(name);
    if (!(value instanceof Elements array)) {
      throw wrong(child(name), value, "an array");
    }
    List<JsonObject> objects = new ArrayList<>(array.elements().size());
    for (JsonValue element : array.elements()) {
      objects.add(of(element, child(name) + "[" + objects.size() + "]"));
    }
    return objects;
  }

  /** An array of objects; empty if it is absent or {@code null}. */
  public List<JsonObject> optionalObjects(String name) {
    return isAbsent(name) ? new ArrayList<>() : objects(name);
  }

  private boolean isAbsent(String name) {
    JsonValue value = members.get(name);
    return value == null || value instanceof Absent;
  }

  private JsonValue member(String name) {
    JsonValue value = members.get(name);
    return value == null ? new Absent() : value;
  }

  private String child(String name) {
    return path + "." + name;
  }

  private static JsonException wrong(String path, JsonValue value, String expected) {
    return new JsonException(path + " is " + quote(value) + " (expected: " + expected + ")");
  }

  private static String quote(JsonValue value) {
    if (value instanceof Absent) {
      return "absent";
    }
    if (value instanceof Members) {
      return "an object";
    }
    if (value instanceof Elements) {
      return "an array";
    }
    String text;
    if (value instanceof Text string) {
      text = "\"" + string.text() + "\"";
    } else if (value instanceof Digits digits) {
      text = digits.literal();
    } else {
      text = String.valueOf(((Truth) value).value());
    }
    return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
  }
}
