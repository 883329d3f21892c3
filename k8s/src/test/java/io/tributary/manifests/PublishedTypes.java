package io.tributary.manifests;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Third parties' kinds, by their packages' types and schemas ({@code check.mjs} asks both). */
final class PublishedTypes {
  /**
   * Kinds whose package is not among ours: npm's registry answered 404 for {@code
   * @kubernetes-models/k8ssandra-operator} when this was written. Their parts of Kubernetes' own
   * types are checked. Once {@code package.json} names it, the checker asks it.
   */
  static final Set<String> UNPUBLISHED = Set.of("K8ssandraCluster");

  /** Of a K8ssandraCluster, with their types. */
  static final Map<String, String> PARTS =
      Map.of(
          "spec.cassandra.resources",
          "V1ResourceRequirements",
          "spec.cassandra.storageConfig.cassandraDataVolumeClaimSpec",
          "V1PersistentVolumeClaimSpec");

  private PublishedTypes() {}

  /** What is wrong with each object, in their order. */
  static List<List<String>> errors(List<JsonObject> objects) {
    JsonArray asked = new JsonArray();
    objects.forEach(asked::add);
    String answer;
    try {
      Path question =
          Files.writeString(NodeTools.FOLDER.resolve("question.json"), asked.toString());
      answer = NodeTools.output(NodeTools.FOLDER, question, List.of("node", "check.mjs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Gson()
        .fromJson(answer, JsonArray.class).asList().stream()
            .map(JsonElement::getAsJsonArray)
            .map(each -> each.asList().stream().map(JsonElement::getAsString).toList())
            .toList();
  }

  /** What is wrong with the parts of a K8ssandraCluster that are Kubernetes' own types. */
  static List<String> errorsOfParts(JsonObject cluster) {
    List<String> errors = new ArrayList<>();
    PARTS.forEach((path, type) -> {
      JsonElement part = Manifest.at(cluster, path.split("\\."));
      errors.addAll(part == null ? List.of("no " + path) : BuiltInTypes.errors(type, part));
    });
    return errors;
  }
}
