package io.tributary.manifests;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pod that an overlay leads to, by a controller of its own or by a third party's operator.
 *
 * @param namespace where it runs
 * @param labels what selectors see
 * @param spec empty for an operator's, which nobody here wrote
 */
record Pod(String namespace, Map<String, String> labels, JsonObject spec) {
  private static final String NAME = "app.kubernetes.io/name";

  /** All of them. */
  static List<Pod> of(Overlay overlay) {
    List<Pod> pods = new ArrayList<>();
    for (Manifest object : overlay.objects()) {
      JsonObject spec = object.podSpec();
      if (spec != null) {
        Map<String, String> labels =
            Manifest.map(object.json(), "spec", "template", "metadata", "labels");
        if (object.kind().equals("StatefulSet")) {
          int replicas = Integer.parseInt(object.text("spec", "replicas"));
          for (int ordinal = 0; ordinal < replicas; ordinal++) {
            Map<String, String> own = new LinkedHashMap<>(labels);
            own.put("apps.kubernetes.io/pod-index", String.valueOf(ordinal));
            pods.add(new Pod(object.namespace(), own, spec));
          }
        } else {
          pods.add(new Pod(object.namespace(), labels, spec));
        }
      }
      // The labels that these operators give their pods.
      switch (object.kind()) {
        case "K8ssandraCluster" ->
            pods.add(
                made(
                    object,
                    Map.of(NAME, "cassandra", "cassandra.datastax.com/cluster", object.name())));
        case "Kafka" ->
            pods.add(made(object, Map.of(NAME, "kafka", "strimzi.io/cluster", object.name())));
        default -> {}
      }
    }
    return pods;
  }

  /** Which part of the fleet it is. */
  String app() {
    return labels.getOrDefault(NAME, "?");
  }

  private static Pod made(Manifest object, Map<String, String> labels) {
    return new Pod(object.namespace(), labels, new JsonObject());
  }
}
