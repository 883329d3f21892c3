package io.tributary.description;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client of a released API would no longer find in today's: both the bytes and the names
 * that generated clients have.
 *
 * <p>What clients send may only widen: nothing becomes required, refused or unknown. What they
 * receive may only narrow: nothing goes away, becomes optional or null, or takes a value that was
 * not announced. Texts and examples may change, and errors may come and go. A keyword that this
 * class has no rule for must stay the same, so that nothing passes because nobody thought of it.
 *
 * <p>Pure; one object compares once.
 */
public final class BreakingChanges {
  private enum Direction {
    SENT,
    RECEIVED
  }

  /** A caller without a token. */
  private static final String ANYBODY = "none";

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

  /** What no client's program depends on. */
  private static final Set<String> WORDS =
      Set.of("description", "summary", "title", "tags", "example", "examples", "deprecated");

  private static final Set<String> OPERATION_RULES =
      Set.of("operationId", "parameters", "requestBody", "responses", "security");
  private static final Set<String> PARAMETER_RULES = Set.of("required", "schema");
  private static final Set<String> SCHEMA_RULES =
      Set.of("type", "nullable", "enum", "properties", "required", "items", "allOf", "$ref");

  private final JsonNode released;
  private final JsonNode current;
  private final List<String> found = new ArrayList<>();
  private final Set<String> compared = new HashSet<>();

  private BreakingChanges(JsonNode released, JsonNode current) {
    this.released = released;
    this.current = current;
  }

  /**
   * Compares two OpenAPI 3.0 documents.
   *
   * @return each change that would break a client, as a sentence; empty if there is none
   */
  public static List<String> between(JsonNode released, JsonNode current) {
    BreakingChanges changes = new BreakingChanges(released, current);
    changes.paths();
    return List.copyOf(changes.found);
  }

  private void paths() {
    for (Map.Entry<String, JsonNode> path : released.path("paths").properties()) {
      JsonNode now = current.path("paths").path(path.getKey());
      unchanged(path.getKey(), path.getValue(), now, Set.copyOf(METHODS));
      for (String method : METHODS) {
        if (path.getValue().has(method)) {
          String where = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
          if (now.has(method)) {
            operation(where, path.getValue().get(method), now.get(method));
          } else {
            found.add(where + " is gone");
          }
        }
      }
    }
  }

  private void operation(String where, JsonNode was, JsonNode is) {
    same(where + ": operationId", was.path("operationId"), is.path("operationId"));
    parameters(where, was.path("parameters"), is.path("parameters"));
    requestBody(where + ": request body", was.path("requestBody"), is.path("requestBody"));
    responses(where, was.path("responses"), is.path("responses"));
    security(where, was, is);
    unchanged(where, was, is, OPERATION_RULES);
  }

  private void parameters(String where, JsonNode was, JsonNode is) {
    for (JsonNode before : was) {
      String name = where + ": " + nameOf(before);
      JsonNode now = parameter(is, nameOf(before));
      if (now.isMissingNode()) {
        found.add(name + " is gone");
      } else {
        mayNotBecomeRequired(name, before, now);
        schema(Direction.SENT, name, before.path("schema"), now.path("schema"));
        unchanged(name, before, now, PARAMETER_RULES);
      }
    }
    for (JsonNode now : is) {
      if (now.path("required").asBoolean(false) && parameter(was, nameOf(now)).isMissingNode()) {
        found.add(where + ": " + nameOf(now) + " is new and required");
      }
    }
  }

  private static JsonNode parameter(JsonNode parameters, String name) {
    for (JsonNode each : parameters) {
      if (nameOf(each).equals(name)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  private static String nameOf(JsonNode parameter) {
    return parameter.path("in").asString("") + " parameter " + parameter.path("name").asString("");
  }

  private void requestBody(String where, JsonNode was, JsonNode is) {
    if (was.isMissingNode()) {
      if (is.path("required").asBoolean(false)) {
        found.add(where + " is new and required");
      }
    } else if (is.isMissingNode()) {
      found.add(where + " is gone");
    } else {
      mayNotBecomeRequired(where, was, is);
      content(Direction.SENT, where, was.path("content"), is.path("content"));
    }
  }

  private void mayNotBecomeRequired(String where, JsonNode was, JsonNode is) {
    if (!was.path("required").asBoolean(false) && is.path("required").asBoolean(false)) {
      found.add(where + " is required (released: optional)");
    }
  }

  private void responses(String where, JsonNode was, JsonNode is) {
    for (Map.Entry<String, JsonNode> answer : was.properties()) {
      String name = where + ": answer " + answer.getKey();
      if (is.has(answer.getKey())) {
        answer(
            name,
            resolved(released, answer.getValue()),
            resolved(current, is.get(answer.getKey())));
      } else if (!isError(answer.getKey())) {
        found.add(name + " is gone");
      }
    }
    for (String status : is.propertyNames()) {
      if (!isError(status) && !was.has(status)) {
        found.add(where + ": answer " + status + " is new");
      }
    }
  }

  private void answer(String where, JsonNode was, JsonNode is) {
    content(Direction.RECEIVED, where, was.path("content"), is.path("content"));
    for (String header : names(was.path("headers"))) {
      if (!is.path("headers").has(header)) {
        found.add(where + ", header " + header + " is gone");
      }
    }
  }

  private static boolean isError(String status) {
    return status.startsWith("4") || status.startsWith("5");
  }

  private void content(Direction direction, String where, JsonNode was, JsonNode is) {
    for (Map.Entry<String, JsonNode> type : was.properties()) {
      String name = where + ", " + type.getKey();
      if (is.has(type.getKey())) {
        schema(
            direction, name, type.getValue().path("schema"), is.get(type.getKey()).path("schema"));
      } else {
        found.add(name + " is gone");
      }
    }
  }

  /** Every way to come in that was open stays open; where anybody may, all may. */
  private void security(String where, JsonNode was, JsonNode is) {
    Set<String> before = security(released, was);
    Set<String> now = security(current, is);
    if (!now.contains(ANYBODY) && !now.containsAll(before)) {
      found.add(where + ": security is " + now + " (released: " + before + ")");
    }
  }

  private static Set<String> security(JsonNode api, JsonNode operation) {
    JsonNode ways = operation.has("security") ? operation.get("security") : api.path("security");
    if (ways.isEmpty()) {
      return Set.of(ANYBODY);
    }
    return ways.valueStream()
        .map(way -> way.isEmpty() ? ANYBODY : String.join(" and ", new TreeSet<>(names(way))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void schema(Direction direction, String where, JsonNode wasWritten, JsonNode isWritten) {
    String wasName = lastOf(reference(wasWritten));
    String isName = lastOf(reference(isWritten));
    if (!wasName.isEmpty() && !isName.isEmpty() && !wasName.equals(isName)) {
      found.add(where + ": schema is called " + isName + " (released: " + wasName + ")");
    }
    JsonNode was = resolved(released, wasWritten);
    JsonNode is = resolved(current, isWritten);
    same(where + ": allOf", was.path("allOf"), is.path("allOf"));
    if (isAnotherType(direction, where, was, is)) {
      return;
    }
    nullable(direction, where, was, is);
    values(direction, where, was.path("enum"), is.path("enum"));
    // What has a name is compared once a direction: it may contain itself.
    if (wasName.isEmpty() || compared.add(direction + wasName + " " + isName)) {
      properties(direction, wasName.isEmpty() ? where : wasName, was, is);
      if (was.has("items") || is.has("items")) {
        schema(direction, where + ": items", was.path("items"), is.path("items"));
      }
      unchanged(where, was, is, SCHEMA_RULES);
    }
  }

  private static String reference(JsonNode schema) {
    JsonNode only = schema.path("allOf").size() == 1 ? schema.get("allOf").get(0) : schema;
    return only.path("$ref").asString("");
  }

  private static String lastOf(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /** The thing itself, where it is only named, or named with more words around it. */
  private static JsonNode resolved(JsonNode api, JsonNode written) {
    String reference = reference(written);
    if (reference.isEmpty()) {
      return written;
    }
    ObjectNode whole = ((ObjectNode) api.at(reference.substring(1))).deepCopy();
    whole.setAll((ObjectNode) written);
    whole.remove(List.of("$ref", "allOf"));
    return whole;
  }

  private boolean isAnotherType(Direction direction, String where, JsonNode was, JsonNode is) {
    String before = was.path("type").asString("");
    String now = is.path("type").asString("");
    boolean isWidened = before.equals("integer") && now.equals("number");
    boolean isNarrowed = before.equals("number") && now.equals("integer");
    if (before.equals(now) || (direction == Direction.SENT ? isWidened : isNarrowed)) {
      return false;
    }
    found.add(where + " is of type " + now + " (released: " + before + ")");
    return true;
  }

  private void nullable(Direction direction, String where, JsonNode was, JsonNode is) {
    boolean before = was.path("nullable").asBoolean(false);
    boolean now = is.path("nullable").asBoolean(false);
    if (before != now && now == (direction == Direction.RECEIVED)) {
      found.add(
          where + (now ? " may be null (released: not)" : " may not be null (released: may)"));
    }
  }

  private void values(Direction direction, String where, JsonNode was, JsonNode is) {
    JsonNode granted = direction == Direction.SENT ? is : was;
    JsonNode used = direction == Direction.SENT ? was : is;
    if (!granted.isMissingNode() && (used.isMissingNode() || !covers(granted, used))) {
      found.add(where + " is one of " + is + " (released: " + was + ")");
    }
  }

  private static boolean covers(JsonNode all, JsonNode some) {
    return all.valueStream().collect(Collectors.toSet()).containsAll(some.valueStream().toList());
  }

  private void properties(Direction direction, String where, JsonNode was, JsonNode is) {
    Set<String> wasRequired = texts(was.path("required"));
    Set<String> isRequired = texts(is.path("required"));
    for (Map.Entry<String, JsonNode> property : was.path("properties").properties()) {
      String name = property.getKey();
      JsonNode now = is.path("properties").path(name);
      if (now.isMissingNode()) {
        found.add(where + "." + name + " is gone");
        continue;
      }
      schema(direction, where + "." + name, property.getValue(), now);
      boolean before = wasRequired.contains(name);
      boolean after = isRequired.contains(name);
      if (before != after && after == (direction == Direction.SENT)) {
        found.add(
            where
                + "."
                + name
                + (after
                    ? " is required (released: optional)"
                    : " is optional (released: required)"));
      }
    }
    for (String name : isRequired) {
      if (direction == Direction.SENT && !was.path("properties").has(name)) {
        found.add(where + "." + name + " is new and required");
      }
    }
  }

  /** Whatever neither has a rule nor is mere words. */
  private void unchanged(String where, JsonNode was, JsonNode is, Set<String> ruled) {
    Set<String> keywords = new LinkedHashSet<>(names(was));
    keywords.addAll(names(is));
    for (String keyword : keywords) {
      if (!ruled.contains(keyword) && !WORDS.contains(keyword) && !keyword.startsWith("x-")) {
        same(where + ": " + keyword, was.path(keyword), is.path(keyword));
      }
    }
  }

  private void same(String where, JsonNode was, JsonNode is) {
    if (!was.equals(is)) {
      found.add(where + " is " + is + " (released: " + was + ")");
    }
  }

  private static Set<String> names(JsonNode object) {
    return new LinkedHashSet<>(object.propertyNames());
  }

  private static Set<String> texts(JsonNode array) {
    return array
        .valueStream()
        .map(JsonNode::asString)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
