package io.tributary.description;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tributary.description.SourceComments.Comment;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of records, in words: what each component means, whether it is always there, and
 * whether it may be null. Both follow from {@code @Nullable}: what has it may be left out or null.
 */
final class SchemaText {
  private final SourceComments comments;
  private final JsonMapper json = JsonMapper.shared();

  SchemaText(SourceComments comments) {
    this.comments = comments;
  }

  /** What a handler reads from its body. */
  static List<Class<?>> sent(Method handler) {
    return Arrays.stream(handler.getParameters())
        .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
        .map(Parameter::getParameterizedType)
        .flatMap(SchemaText::classes)
        .toList();
  }

  /** What a handler answers with. */
  static List<Class<?>> received(Method handler) {
    return classes(handler.getGenericReturnType()).toList();
  }

  private static Stream<Class<?>> classes(Type type) {
    return switch (type) {
      case Class<?> single -> Stream.of(single);
      case ParameterizedType generic ->
          Arrays.stream(generic.getActualTypeArguments()).flatMap(SchemaText::classes);
      default -> throw new IllegalArgumentException("type is " + type + " (expected: a class)");
    };
  }

  /** The schemas that were found, described. */
  Map<String, JsonNode> of(Collection<Method> handlers, JsonNode found) {
    Map<String, Class<?>> records = new LinkedHashMap<>();
    for (Method handler : handlers) {
      Stream.concat(sent(handler).stream(), received(handler).stream())
          .forEach(type -> collect(type, records));
    }
    Map<String, JsonNode> described = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> schema : found.properties()) {
      @Nullable Class<?> type = records.get(schema.getKey());
      if (type == null) {
        throw new AssertionError("schema is " + schema.getKey() + " (expected: a record)");
      }
      described.put(schema.getKey(), describe(type, schema.getValue()));
    }
    return described;
  }

  private static void collect(Class<?> type, Map<String, Class<?>> records) {
    if (type.isRecord() && records.put(type.getSimpleName(), type) == null) {
      for (RecordComponent component : type.getRecordComponents()) {
        classes(component.getGenericType()).forEach(inner -> collect(inner, records));
      }
    }
  }

  private ObjectNode describe(Class<?> type, JsonNode found) {
    Comment comment = comments.of(type);
    ObjectNode schema = json.createObjectNode();
    schema.put("type", "object");
    schema.put("description", comment.whole());
    ArrayNode required = json.createArrayNode();
    ObjectNode properties = json.createObjectNode();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      boolean isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (!isNullable) {
        required.add(name);
      }
      properties.set(
          name,
          property(
              found.path("properties").path(name),
              comment.parameters().getOrDefault(name, "") + values(component.getType()),
              isNullable));
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set("properties", properties);
    return schema;
  }

  private ObjectNode property(JsonNode found, String description, boolean isNullable) {
    ObjectNode property = json.createObjectNode();
    if (found.has("$ref")) {
      // Words beside a reference would be ignored.
      property.putArray("allOf").add(found);
    } else {
      property.setAll((ObjectNode) found);
    }
    property.put("description", description);
    if (isNullable) {
      property.put("nullable", true);
    }
    return property;
  }

  /** What each value of an enum means. */
  private String values(Class<?> type) {
    StringBuilder list = new StringBuilder();
    if (type.isEnum()) {
      for (Object each : type.getEnumConstants()) {
        Enum<?> constant = (Enum<?>) each;
        String meaning = comments.of(constant).whole();
        if (meaning.isEmpty()) {
          throw new AssertionError(
              type + "." + constant + " has no comment (expected: its meaning)");
        }
        list.append(list.isEmpty() ? "\n\n" : "\n")
            .append("- `")
            .append(word(constant))
            .append("`: ")
            .append(meaning);
      }
    }
    return list.toString();
  }

  private static String word(Enum<?> constant) {
    try {
      @Nullable JsonProperty name =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
      return name == null ? constant.name() : name.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
