package io.tributary.manifests;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes' own types, strictly: as its API server with {@code fieldValidation=Strict}, no field
 * may be unknown and no value of another type than the field's, which the client's parser alone
 * would forgive.
 */
final class BuiltInTypes {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  private BuiltInTypes() {}

  /** What is wrong with an object; empty if nothing is. */
  static List<String> errors(JsonObject object) {
    String version = object.get("apiVersion").getAsString().replaceAll(".*/", "");
    String model =
        version.substring(0, 1).toUpperCase(Locale.ROOT)
            + version.substring(1)
            + object.get("kind").getAsString();
    return errors(model, object);
  }

  /** What is wrong with a part of an object, by the name of its type, as {@code V1PodSpec}. */
  static List<String> errors(String model, JsonElement json) {
    try {
      Class<?> type = Class.forName(MODELS + model);
      type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
      Object parsed = JSON.getGson().fromJson(json, type);
      List<String> errors = new ArrayList<>();
      compare(json, JSON.getGson().toJsonTree(parsed), model, errors);
      return errors;
    } catch (InvocationTargetException e) {
      return List.of(String.valueOf(e.getCause().getMessage()));
    } catch (JsonParseException | NumberFormatException e) {
      return List.of(String.valueOf(e.getMessage()));
    } catch (ReflectiveOperationException e) {
      return List.of("no built-in type " + model);
    }
  }

  /** What was read must come out again, each value as the kind of JSON that it was. */
  private static void compare(
      JsonElement given, @Nullable JsonElement read, String path, List<String> errors) {
    switch (given) {
      case JsonObject object -> {
        for (String name : object.keySet()) {
          compare(object.get(name), Manifest.at(orEmpty(read), name), path + "." + name, errors);
        }
      }
      case JsonArray array -> {
        JsonArray other = read instanceof JsonArray same ? same : new JsonArray();
        for (int i = 0; i < array.size(); i++) {
          compare(
              array.get(i), i < other.size() ? other.get(i) : null, path + "[" + i + "]", errors);
        }
      }
      case JsonPrimitive value -> {
        if (!(read instanceof JsonPrimitive other) || isText(value) != isText(other)) {
          errors.add(path + " is " + value + ", which its type would not keep");
        }
      }
      default -> errors.add(path + " is null");
    }
  }

  private static JsonElement orEmpty(@Nullable JsonElement read) {
    return read == null ? new JsonObject() : read;
  }

  private static boolean isText(JsonPrimitive value) {
    return value.isString();
  }
}
