package io.tributary.manifests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One way in which a manifest can be wrong.
 *
 * @param what was done to it
 * @param broken the whole object
 */
record Breakage(String what, JsonObject broken) {
  /** Maps whose names are anybody's, so that none of them can be misspelt. */
  private static final Set<String> FREE =
      Set.of(
          "labels",
          "annotations",
          "matchLabels",
          "data",
          "requests",
          "limits",
          "nodeAffinityLabels",
          "Service.selector",
          "Kafka.config",
          "ScaledObject.metadata");

  /** Every field misspelt and every value of another type, one at a time. */
  static List<Breakage> of(Manifest manifest) {
    List<Breakage> all = new ArrayList<>();
    collect(manifest, new ArrayList<>(), manifest.json(), all);
    return all;
  }

  private static void collect(
      Manifest manifest, List<Object> path, JsonElement here, List<Breakage> all) {
    switch (here) {
      case JsonObject object -> {
        for (String name : object.keySet()) {
          boolean isOfTheKind = path.isEmpty() && Set.of("apiVersion", "kind").contains(name);
          if (!isOfTheKind) {
            List<Object> deeper = new ArrayList<>(path);
            deeper.add(name);
            if (!isFree(manifest, path)) {
              all.add(misspelt(manifest, path, name));
            }
            if (!isUntyped(manifest, path)) {
              all.add(mistyped(manifest, deeper, object.get(name)));
            }
            collect(manifest, deeper, object.get(name), all);
          }
        }
      }
      case JsonArray array -> {
        if (!array.isEmpty()) {
          List<Object> deeper = new ArrayList<>(path);
          deeper.add(0);
          collect(manifest, deeper, array.get(0), all);
        }
      }
      default -> {}
    }
  }

  private static boolean isFree(Manifest manifest, List<Object> path) {
    if (path.isEmpty()) {
      return false;
    }
    Object last = path.getLast();
    return FREE.contains(String.valueOf(last))
        || (path.size() > 1 && FREE.contains(manifest.kind() + "." + last));
  }

  /** Settings of Kafka's own, which its schema takes as they are. */
  private static boolean isUntyped(Manifest manifest, List<Object> path) {
    return manifest.kind().equals("Kafka") && path.contains("config");
  }

  private static Breakage misspelt(Manifest manifest, List<Object> path, String name) {
    JsonObject copy = manifest.json().deepCopy();
    JsonObject parent = walk(copy, path).getAsJsonObject();
    parent.add(name + "x", parent.remove(name));
    return new Breakage(path + "." + name + " misspelt", copy);
  }

  private static Breakage mistyped(Manifest manifest, List<Object> path, JsonElement value) {
    JsonObject copy = manifest.json().deepCopy();
    JsonObject parent = walk(copy, path.subList(0, path.size() - 1)).getAsJsonObject();
    JsonElement other =
        value instanceof JsonPrimitive ? new JsonArray() : new JsonPrimitive("another type");
    if (other instanceof JsonArray array) {
      array.add("another type");
    }
    parent.add((String) path.getLast(), other);
    return new Breakage(path + " of another type", copy);
  }

  private static JsonElement walk(JsonElement from, List<Object> path) {
    JsonElement here = from;
    for (Object step : path) {
      here =
          step instanceof Integer index
              ? here.getAsJsonArray().get(index)
              : here.getAsJsonObject().get((String) step);
    }
    return here;
  }
}
