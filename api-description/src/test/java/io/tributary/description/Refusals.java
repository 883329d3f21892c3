package io.tributary.description;

import io.tributary.contracts.api.ProblemType;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is answered when not as asked: problem+json, one answer a status. */
final class Refusals {
  private static final String SCHEMA =
      """
      {
        "type": "object",
        "description": "Why a request was refused (RFC 9457).",
        "required": ["type", "title", "status", "detail", "retryable"],
        "properties": {
          "type": {
            "type": "string",
            "format": "uri",
            "description": "what is wrong, stable; each answer's description lists those it can have"
          },
          "title": {"type": "string", "description": "the type in words, for people"},
          "status": {"type": "integer", "format": "int32", "description": "the answer's status"},
          "detail": {
            "type": "string",
            "description": "names the field, its value and what was expected; for logs and support"
          },
          "retryable": {
            "type": "boolean",
            "description": "whether the same request may succeed later"
          }
        },
        "example": {
          "type": "urn:tributary:problem:not-found",
          "title": "Not found",
          "status": 404,
          "detail": "there is no title tears",
          "retryable": false
        }
      }
      """;

  private static final String HEADERS =
      """
      {
        "Retry-After": {
          "description": "Seconds after which another try makes sense; sent where that is known.",
          "schema": {"type": "integer", "format": "int32"}
        },
        "WWW-Authenticate": {
          "description": "The challenge (RFC 6750): that a bearer token is expected, or what is wrong with it.",
          "schema": {"type": "string"}
        }
      }
      """;

  private final SourceComments comments;
  private final Map<String, JsonNode> shared = new TreeMap<>();

  Refusals(SourceComments comments) {
    this.comments = comments;
  }

  static JsonNode schema() {
    return JsonMapper.shared().readTree(SCHEMA);
  }

  static JsonNode headers() {
    return JsonMapper.shared().readTree(HEADERS);
  }

  /** The answers by status, each for the types it can have; many operations share them. */
  Map<String, JsonNode> answers(Collection<ProblemType> types) {
    Map<Integer, List<ProblemType>> byStatus =
        types.stream()
            .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
    Map<String, JsonNode> answers = new LinkedHashMap<>();
    byStatus.forEach((status, each) -> {
      String name = each.stream().map(Refusals::word).collect(Collectors.joining("Or"));
      shared.computeIfAbsent(name, _ -> answer(each));
      answers.put(
          Integer.toString(status),
          JsonMapper.shared().createObjectNode().put("$ref", "#/components/responses/" + name));
    });
    return answers;
  }

  /** What the answers refer to. */
  Map<String, JsonNode> shared() {
    return shared;
  }

  /** {@code NotFound} of {@code NOT_FOUND}. */
  private static String word(ProblemType type) {
    return Arrays.stream(type.name().split("_", -1))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private ObjectNode answer(List<ProblemType> types) {
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put(
        "description",
        types.stream()
            .map(type -> "- `" + type.uri() + "`: " + comments.of(type).whole())
            .collect(Collectors.joining("\n")));
    ObjectNode headers = JsonMapper.shared().createObjectNode();
    if (types.contains(ProblemType.UNAUTHENTICATED)) {
      headers.putObject("WWW-Authenticate").put("$ref", "#/components/headers/WWW-Authenticate");
    }
    if (types.stream().anyMatch(ProblemType::retryable)) {
      headers.putObject("Retry-After").put("$ref", "#/components/headers/Retry-After");
    }
    if (!headers.isEmpty()) {
      answer.set("headers", headers);
    }
    answer
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
    return answer;
  }
}
