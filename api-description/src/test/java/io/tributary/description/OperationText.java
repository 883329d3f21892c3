package io.tributary.description;

import io.tributary.bearer.AccessRule;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.api.Refuses;
import io.tributary.description.SourceComments.Comment;
import io.tributary.gateway.routes.Door;
import io.tributary.gateway.routes.PathRoute;
import io.tributary.gateway.routes.RouteMatch;
import io.tributary.gateway.routes.RouteTable;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestHeader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An operation in words: its handler's comment, its callers, its examples and its refusals. */
final class OperationText {
  /** The name of the one way to say who calls. */
  static final String SCHEME = "bearer";

  private static final String JSON_TYPE = "application/json";

  private final Door door;
  private final RouteTable routes;
  private final SourceComments comments;
  private final Refusals refusals;
  private final Samples samples;
  private final JsonMapper json = JsonMapper.shared();

  OperationText(
      Door door, RouteTable routes, SourceComments comments, Refusals refusals, Samples samples) {
    this.door = door;
    this.routes = routes;
    this.comments = comments;
    this.refusals = refusals;
    this.samples = samples;
  }

  ObjectNode of(String method, String path, ArrayNode tags, ObjectNode operation, Method handler) {
    Comment comment = comments.of(handler);
    PathRoute route = route(method, path);
    Optional<JsonNode> body = body(operation, handler, comment);
    ObjectNode text = json.createObjectNode();
    text.set("tags", tags);
    text.put("summary", comment.summary());
    if (!comment.rest().isEmpty()) {
      text.put("description", comment.rest());
    }
    text.set("operationId", operation.get("operationId"));
    text.set("security", security(route.access()));
    if (operation.has("parameters")) {
      text.set("parameters", parameters(operation.get("parameters"), handler, comment));
    }
    body.ifPresent(described -> text.set("requestBody", described));
    text.set(
        "responses",
        responses(operation, comment, refusals(route, handler, body, path.contains("{")), handler));
    return text;
  }

  private PathRoute route(String method, String path) {
    return switch (routes.match(
        door, method.toUpperCase(Locale.ROOT), path.replaceAll("[{}]", ""))) {
      case RouteMatch.Found(PathRoute route) -> route;
      case RouteMatch other ->
          throw new AssertionError(
              method
                  + " "
                  + path
                  + " is "
                  + other
                  + " (expected: a route of the door "
                  + door
                  + ")");
    };
  }

  private ArrayNode security(AccessRule access) {
    ArrayNode ways = json.createArrayNode();
    if (!(access instanceof AccessRule.Open)) {
      ways.addObject().putArray(SCHEME);
    }
    if (access instanceof AccessRule.CallerIfShown) {
      ways.addObject();
    }
    return ways;
  }

  private ArrayNode parameters(JsonNode found, Method handler, Comment comment) {
    ArrayNode parameters = json.createArrayNode();
    for (JsonNode each : found) {
      ObjectNode parameter = parameters.addObject();
      String name = each.get("name").asString();
      parameter.put("name", name);
      parameter.set("in", each.get("in"));
      parameter.put("description", comment.parameters().getOrDefault(inJava(name, handler), ""));
      parameter.setAll((ObjectNode) each);
    }
    return parameters;
  }

  /** The name that a parameter has in its handler, where a header's differs. */
  private static String inJava(String name, Method handler) {
    return Arrays.stream(handler.getParameters())
        .filter(parameter -> {
          @Nullable RequestHeader header = parameter.getAnnotation(RequestHeader.class);
          return header != null && header.name().equals(name);
        })
        .map(Parameter::getName)
        .findFirst()
        .orElse(name);
  }

  private Optional<JsonNode> body(ObjectNode operation, Method handler, Comment comment) {
    for (Parameter parameter : handler.getParameters()) {
      if (parameter.getType() == InputStream.class) {
        ObjectNode bytes = json.createObjectNode();
        bytes.put("description", comment.parameters().getOrDefault(parameter.getName(), ""));
        bytes.put("required", true);
        bytes
            .putObject("content")
            .putObject("application/octet-stream")
            .putObject("schema")
            .put("type", "string")
            .put("format", "binary");
        return Optional.of(bytes);
      }
    }
    if (operation.get("requestBody") instanceof ObjectNode found) {
      exemplify(found.get("content"), SchemaText.sent(handler));
      return Optional.of(found);
    }
    return Optional.empty();
  }

  private static Set<ProblemType> refusals(
      PathRoute route, Method handler, Optional<JsonNode> body, boolean isPathVariable) {
    // A replica or a store that is away, a late one, a bug: nobody is safe from these.
    Set<ProblemType> types =
        EnumSet.of(ProblemType.UNAVAILABLE, ProblemType.TIMEOUT, ProblemType.INTERNAL);
    @Nullable Refuses refuses = handler.getAnnotation(Refuses.class);
    if (refuses != null) {
      types.addAll(Arrays.asList(refuses.value()));
    }
    if (!(route.access() instanceof AccessRule.Open)) {
      types.add(ProblemType.UNAUTHENTICATED);
    }
    if (route.access() instanceof AccessRule.AnyRole) {
      types.add(ProblemType.FORBIDDEN);
    }
    if (isPathVariable) {
      types.add(ProblemType.MALFORMED);
    }
    body.ifPresent(described -> {
      types.add(ProblemType.BODY_TOO_LARGE);
      if (described.path("content").has(JSON_TYPE)) {
        types.add(ProblemType.MALFORMED);
        types.add(ProblemType.UNSUPPORTED_MEDIA_TYPE);
      }
    });
    return types;
  }

  private ObjectNode responses(
      ObjectNode operation, Comment comment, Set<ProblemType> types, Method handler) {
    Map<String, JsonNode> sorted = new TreeMap<>(refusals.answers(types));
    for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
      ObjectNode described = json.createObjectNode();
      described.put("description", comment.returned().isEmpty() ? "Done." : comment.returned());
      if (answer.getValue().get("content") instanceof ObjectNode content) {
        exemplify(content, SchemaText.received(handler));
        described.set("content", content);
      }
      sorted.put(answer.getKey(), described);
    }
    ObjectNode responses = json.createObjectNode();
    responses.setAll(sorted);
    return responses;
  }

  private void exemplify(@Nullable JsonNode content, List<Class<?>> types) {
    if (content != null && content.get(JSON_TYPE) instanceof ObjectNode body) {
      types.stream()
          .flatMap(type -> samples.of(type).stream())
          .findFirst()
          .ifPresent(sample -> body.set("example", sample));
    }
  }
}
