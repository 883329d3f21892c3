package io.tributary.manifests;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.Yaml;

/** What can be installed, rendered as it is. */
enum Overlay {
  LAPTOP,
  PRODUCTION,
  OWN_BACKENDS,
  REGION,
  EDGE_SITE;

  private static final Path KEPT = Path.of("target/rendered");

  private static final Map<Overlay, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

  /** Its folder's name. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its objects, rendered once. */
  List<Manifest> objects() {
    return RENDERED.computeIfAbsent(this, Overlay::render);
  }

  List<Manifest> objects(String kind) {
    return objects().stream().filter(object -> object.kind().equals(kind)).toList();
  }

  Optional<Manifest> find(String kind, String namespace, String name) {
    return objects(kind).stream()
        .filter(object -> object.namespace().equals(namespace) && object.name().equals(name))
        .findFirst();
  }

  private static List<Manifest> render(Overlay overlay) {
    List<Manifest> objects = new ArrayList<>();
    String text = Kubectl.kustomize(Path.of("overlays", overlay.folder()));
    for (Object document : new Yaml().loadAll(text)) {
      objects.add(new Manifest(new Gson().toJsonTree(document).getAsJsonObject()));
    }
    keep(overlay, objects);
    return objects;
  }

  /** For who runs the manifests' images as a pod would: a JSON array a file. */
  private static void keep(Overlay overlay, List<Manifest> objects) {
    try {
      Files.createDirectories(KEPT);
      Files.writeString(
          KEPT.resolve(overlay.folder() + ".json"),
          new Gson().toJson(objects.stream().map(Manifest::json).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
