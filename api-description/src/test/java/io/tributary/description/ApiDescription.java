package io.tributary.description;

import static java.util.Map.entry;

import io.tributary.gateway.routes.RouteTable;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One file of {@code docs/api}: what springdoc finds at the handlers, with the words of their
 * comments, the problems they refuse with, what the gateway asks of callers, and examples from the
 * contracts' golden samples. In an order that reads well and is always the same.
 */
final class ApiDescription {
  private static final List<String> METHODS = List.of("get", "put", "post", "delete");

  /** What each word after the version in a path is about. */
  private static final Map<String, String> TAGS =
      Map.ofEntries(
          entry("titles", "What can be played."),
          entry("playbacks", "Plays of titles: the right to play, and where from."),
          entry("manifests", "A play's manifests: HLS, DASH and the SDK's own."),
          entry("accounts", "Who may play what."),
          entry("networks", "ISPs."),
          entry("sites", "Their places."),
          entry("nodes", "The cache nodes at those places."),
          entry("enrolment-tokens", "How a node joins."),
          entry("packages", "Which nodes hold which package."),
          entry("purges", "Titles that are held, served and named nowhere."),
          entry("ingests", "Bringing in a title's source."));

  private final ApiFile file;
  private final JsonMapper json = JsonMapper.shared();
  private final HandlerDescription found;
  private final Refusals refusals;
  private final OperationText operations;
  private final SchemaText schemas;

  private ApiDescription(ApiFile file) {
    SourceComments comments = new SourceComments(ApiFile.ROOT);
    this.file = file;
    this.found = HandlerDescription.of(file);
    this.refusals = new Refusals(comments);
    this.operations =
        new OperationText(
            file.door(), new RouteTable(false, Set.of()), comments, refusals, new Samples());
    this.schemas = new SchemaText(comments);
  }

  /** The whole text of a file, as it should be. */
  static String of(ApiFile file) {
    return new ApiDescription(file).document().toPrettyString() + "\n";
  }

  private ObjectNode document() {
    ObjectNode paths = paths();
    ObjectNode root = json.createObjectNode();
    root.set("openapi", found.openApi().get("openapi"));
    root.putObject("info")
        .put("title", file.title())
        .put("version", "v1")
        .put("description", file.introduction().strip())
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    root.putArray("servers")
        .addObject()
        .put("url", file.localUrl())
        .put("description", "The gateway of a fleet that `./tributary up` started.");
    root.set("tags", tags(paths));
    root.set("paths", paths);
    root.set("components", components());
    return root;
  }

  private ObjectNode paths() {
    Map<String, JsonNode> sorted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : found.openApi().path("paths").properties()) {
      ObjectNode item = json.createObjectNode();
      for (String method : METHODS) {
        if (path.getValue().get(method) instanceof ObjectNode operation) {
          Method handler =
              Objects.requireNonNull(
                  found.handlers().get(operation.get(HandlerDescription.HANDLER).asString()));
          ArrayNode tags = json.createArrayNode().add(tag(path.getKey()));
          item.set(method, operations.of(method, path.getKey(), tags, operation, handler));
        }
      }
      sorted.put(path.getKey(), item);
    }
    ObjectNode paths = json.createObjectNode();
    paths.setAll(sorted);
    return paths;
  }

  private String tag(String path) {
    return path.substring(file.pathPrefix().length()).split("/", -1)[0];
  }

  private ArrayNode tags(ObjectNode paths) {
    Set<String> used = new TreeSet<>();
    paths.propertyNames().forEach(path -> used.add(tag(path)));
    ArrayNode tags = json.createArrayNode();
    for (String tag : used) {
      tags.addObject()
          .put("name", tag)
          .put(
              "description",
              Objects.requireNonNull(
                  TAGS.get(tag), tag + " is not in TAGS (expected: its meaning)"));
    }
    return tags;
  }

  private ObjectNode components() {
    Collection<Method> handlers = found.handlers().values();
    Map<String, JsonNode> sorted =
        new TreeMap<>(schemas.of(handlers, found.openApi().path("components").path("schemas")));
    sorted.put("Problem", Refusals.schema());
    ObjectNode components = json.createObjectNode();
    components.putObject("schemas").setAll(sorted);
    components.putObject("responses").setAll(refusals.shared());
    components.set("headers", Refusals.headers());
    components
        .putObject("securitySchemes")
        .putObject(OperationText.SCHEME)
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT")
        .put("description", "A token of one of the fleet's OIDC issuers.");
    return components;
  }
}
