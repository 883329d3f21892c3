package io.tributary.manifests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One object of a rendered overlay.
 *
 * @param json as it would be sent
 */
record Manifest(JsonObject json) {
  String apiVersion() {
    return json.get("apiVersion").getAsString();
  }

  String kind() {
    return json.get("kind").getAsString();
  }

  String name() {
    return text("metadata", "name");
  }

  /** Empty for what belongs to no namespace. */
  String namespace() {
    return text("metadata", "namespace");
  }

  /** Whether Kubernetes itself knows its kind. */
  boolean isBuiltIn() {
    String group = apiVersion().contains("/") ? apiVersion().replaceAll("/.*", "") : "";
    return !group.contains(".") || (group.endsWith(".k8s.io") && !group.startsWith("gateway."));
  }

  /** What is there, or null. */
  @Nullable JsonElement at(String... path) {
    return at(json, path);
  }

  /** The text there, or an empty one. */
  String text(String... path) {
    JsonElement found = at(path);
    return found == null ? "" : found.getAsString();
  }

  List<JsonObject> list(String... path) {
    return list(json, path);
  }

  /** The pods' own part, of what makes pods. */
  @Nullable JsonObject podSpec() {
    return at("spec", "template", "spec") instanceof JsonObject spec && spec.has("containers")
        ? spec
        : null;
  }

  /** Containers of its pods, those that only prepare included. */
  List<JsonObject> containers() {
    JsonObject spec = podSpec();
    return spec == null
        ? List.of()
        : Stream.concat(list(spec, "containers").stream(), list(spec, "initContainers").stream())
            .toList();
  }

  static @Nullable JsonElement at(JsonElement from, String... path) {
    JsonElement here = from;
    for (String step : path) {
      here = here instanceof JsonObject object ? object.get(step) : null;
    }
    return here;
  }

  static List<JsonObject> list(JsonElement from, String... path) {
    List<JsonObject> found = new ArrayList<>();
    if (at(from, path) instanceof JsonArray array) {
      array.forEach(element -> found.add(element.getAsJsonObject()));
    }
    return found;
  }

  static List<String> texts(JsonElement from, String... path) {
    List<String> found = new ArrayList<>();
    if (at(from, path) instanceof JsonArray array) {
      array.forEach(element -> found.add(element.getAsString()));
    }
    return found;
  }

  static Map<String, String> map(JsonElement from, String... path) {
    Map<String, String> found = new LinkedHashMap<>();
    if (at(from, path) instanceof JsonObject object) {
      object.entrySet().forEach(entry -> found.put(entry.getKey(), entry.getValue().getAsString()));
    }
    return found;
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
