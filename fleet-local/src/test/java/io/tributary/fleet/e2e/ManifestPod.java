package io.tributary.fleet.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A pod of a rendered overlay, run by the engine as a kubelet would: the manifest's user, root file
 * system, capabilities, limits, environment, volumes, probes and grace, among the composed fleet,
 * whose names are the overlay {@code laptop}'s.
 */
final class ManifestPod implements AutoCloseable {
  private static final Path RENDERED = Fleet.repositoryRoot().resolve("k8s/target/rendered");

  /** Where what pods of the laptop talk to is composed. */
  private static final List<String> NETWORKS =
      List.of("stores", "services", "edge", "nodes", "origin");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

  private final Engine engine;
  private final List<JsonNode> laptop = objects("laptop").toList();
  private final JsonNode spec;
  private final JsonNode container;
  private final Path folder;
  private final String id;

  /**
   * Starts the pod's container.
   *
   * @param service the workload's name
   * @param folder for the volumes that begin empty
   */
  ManifestPod(Engine engine, String service, Path folder) throws IOException {
    this.engine = engine;
    JsonNode workload =
        Stream.concat(laptop.stream(), objects("own-backends").filter(ManifestPod::isJob))
            .filter(
                object -> isOurs(object) && object.at("/metadata/name").asString().equals(service))
            .findFirst()
            .orElseThrow();
    this.spec = workload.at("/spec/template/spec");
    this.container = spec.at("/containers/0");
    this.folder = folder;
    List<String> words = new ArrayList<>(List.of("create", "--name", podName(service)));
    words.addAll(security());
    words.addAll(limits());
    environment(service)
        .forEach((name, value) -> words.addAll(List.of("--env", name + "=" + value)));
    words.addAll(volumes(workload));
    words.addAll(List.of("--network", ComposedHost.PROJECT + "_" + NETWORKS.getFirst()));
    words.add(container.get("image").asString().replace("registry.example/", ""));
    container.path("args").forEach(argument -> words.add(argument.asString()));
    this.id = engine.docker(words.toArray(String[]::new)).strip();
    NETWORKS.stream()
        .skip(1)
        .forEach(network ->
            engine.docker("network", "connect", ComposedHost.PROJECT + "_" + network, id));
    engine.docker("start", id);
  }

  /** Every workload of ours that stays. */
  static Stream<String> services() {
    return objects("laptop")
        .filter(object -> isOurs(object) && !isJob(object))
        .map(object -> object.at("/metadata/name").asString());
  }

  /** Every one that ends; the laptop does without. */
  static Stream<String> jobs() {
    return objects("own-backends")
        .filter(object -> isOurs(object) && isJob(object))
        .map(object -> object.at("/metadata/name").asString());
  }

  /** Waits for a job's end and tells its exit code. */
  int awaitEnd() {
    return Integer.parseInt(engine.docker("wait", id).strip());
  }

  /** Asks as the manifest's probe of that name says, until it passes or has failed too often. */
  void awaitProbe(String name) {
    ManifestProbe.of(container, name).await(address());
  }

  /** Stops it within the pod's grace, less what preStop takes of it. */
  int stop() {
    int grace =
        spec.get("terminationGracePeriodSeconds").asInt()
            - container.at("/lifecycle/preStop/sleep/seconds").asInt(0);
    engine.docker("stop", "--time", Integer.toString(grace), id);
    return Integer.parseInt(
        engine.docker("inspect", "--format", "{{.State.ExitCode}}", id).strip());
  }

  String logs() {
    Fleet.Said said = engine.tryDocker("logs", "--tail", "60", id);
    return said.out() + said.err();
  }

  @Override
  public void close() {
    engine.tryDocker("rm", "--force", "--volumes", id);
  }

  private List<String> security() {
    JsonNode pod = spec.get("securityContext");
    JsonNode own = container.get("securityContext");
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of(
            "--user", pod.get("runAsUser").asString() + ":" + pod.get("runAsGroup").asString()));
    if (pod.has("fsGroup")) {
      words.addAll(List.of("--group-add", pod.get("fsGroup").asString()));
    }
    own.at("/capabilities/drop")
        .forEach(each -> words.addAll(List.of("--cap-drop", each.asString())));
    if (own.get("readOnlyRootFilesystem").asBoolean()) {
      words.add("--read-only");
    }
    if (!own.get("allowPrivilegeEscalation").asBoolean()) {
      words.addAll(List.of("--security-opt", "no-new-privileges:true"));
    }
    return words;
  }

  private List<String> limits() {
    JsonNode limits = container.at("/resources/limits");
    String bytes = limits.get("memory").asString().replace("Mi", "m").replace("Gi", "g");
    return List.of(
        "--cpus", limits.get("cpu").asString(), "--memory", bytes, "--memory-swap", bytes);
  }

  private Map<String, String> environment(String service) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (JsonNode source : container.path("envFrom")) {
      String map = source.at("/configMapRef/name").asString();
      JsonNode data = object("ConfigMap", map).get("data");
      data.propertyNames().forEach(name -> variables.put(name, data.get(name).asString()));
    }
    for (JsonNode variable : container.path("env")) {
      String value =
          switch (variable.at("/valueFrom/fieldRef/fieldPath").asString("")) {
            case "" -> variable.get("value").asString();
            case "metadata.name" -> podName(service);
            case "status.hostIP" -> "198.18.77.1";
            case "metadata.labels['apps.kubernetes.io/pod-index']" -> "0";
            case String other -> throw new AssertionError("nobody knows " + other + " here");
          };
      Matcher references = VARIABLE.matcher(value);
      variables.put(
          variable.get("name").asString(),
          references.replaceAll(found ->
              Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group()))));
    }
    return variables;
  }

  private List<String> volumes(JsonNode workload) throws IOException {
    List<String> words = new ArrayList<>();
    for (JsonNode mount : container.get("volumeMounts")) {
      String name = mount.get("name").asString();
      String path = mount.get("mountPath").asString();
      JsonNode volume = named(spec.path("volumes"), name);
      if (volume.has("secret")) {
        String secret =
            ComposedHost.PROJECT + "_secrets-" + volume.at("/secret/secretName").asString();
        // The composed stores let in whoever comes, so for some there is no secret.
        boolean isThere = engine.tryDocker("volume", "inspect", secret).exit() == 0;
        words.addAll(
            List.of("--volume", (isThere ? secret : empty(name).toString()) + ":" + path + ":ro"));
      } else if (volume.has("emptyDir")
          || !named(workload.at("/spec/volumeClaimTemplates"), name).isMissingNode()) {
        words.addAll(List.of("--volume", empty(name) + ":" + path));
      } else {
        throw new AssertionError("nobody knows such a volume here: " + volume);
      }
    }
    return words;
  }

  /** As a kubelet leaves it to a pod, with an fsGroup or without. */
  private Path empty(String name) throws IOException {
    Path made = Files.createDirectories(folder.resolve(name));
    int group = spec.at("/securityContext/runAsGroup").asInt();
    Files.setAttribute(made, "unix:gid", spec.at("/securityContext/fsGroup").asInt(group));
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    return made;
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode each : list) {
      if (each.path("name").asString("").equals(name)
          || each.at("/metadata/name").asString("").equals(name)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  private String address() {
    return engine
        .docker(
            "inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}", id)
        .strip()
        .split(" ", -1)[0];
  }

  private static String podName(String service) {
    return service + "-0";
  }

  private static boolean isOurs(JsonNode object) {
    return object
        .at("/spec/template/spec/containers/0/image")
        .asString("")
        .matches("(registry\\.example/)?tributary/.*");
  }

  private static boolean isJob(JsonNode object) {
    return object.get("kind").asString().equals("Job");
  }

  /** Of the laptop's, also where another overlay asks: its stores are those that are composed. */
  private JsonNode object(String kind, String name) {
    String wanted = withoutHash(name);
    return laptop.stream()
        .filter(object ->
            object.get("kind").asString().equals(kind)
                && withoutHash(object.at("/metadata/name").asString()).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }

  /** Kustomize appends a hash of the content. */
  private static String withoutHash(String name) {
    return name.replaceFirst("-[a-z0-9]{10}$", "");
  }

  private static Stream<JsonNode> objects(String overlay) {
    try {
      return Fleet.elements(Fleet.read(Files.readString(RENDERED.resolve(overlay + ".json"))));
    } catch (IOException e) {
      throw new AssertionError("nothing is rendered yet: mvn -pl k8s -am test", e);
    }
  }
}
