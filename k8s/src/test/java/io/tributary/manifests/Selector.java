package io.tributary.manifests;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;

/** Kubernetes' label selectors. */
final class Selector {
  private Selector() {}

  /**
   * Whether labels fit.
   *
   * @param selector with {@code matchLabels} and {@code matchExpressions}; an empty one fits all
   */
  static boolean fits(JsonElement selector, Map<String, String> labels) {
    return labels.entrySet().containsAll(Manifest.map(selector, "matchLabels").entrySet())
        && Manifest.list(selector, "matchExpressions").stream()
            .allMatch(expression -> fits(expression, labels));
  }

  private static boolean fits(JsonObject expression, Map<String, String> labels) {
    String value = labels.get(expression.get("key").getAsString());
    return switch (expression.get("operator").getAsString()) {
      case "In" -> value != null && Manifest.texts(expression, "values").contains(value);
      case "NotIn" -> value == null || !Manifest.texts(expression, "values").contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> throw new IllegalArgumentException("operator of " + expression);
    };
  }
}
