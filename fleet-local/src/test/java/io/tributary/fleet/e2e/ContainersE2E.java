package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.client.Play;
import io.tributary.client.PlayEvent;
import io.tributary.client.PlayOptions;
import io.tributary.client.PlayReport;
import io.tributary.client.TributaryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The composed fleet is broken in the ways that containers break, one after another: plays go on,
 * and each part comes back by itself.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainersE2E {
  private static final Duration BACK_AT_MOST = Duration.ofMinutes(2);

  /**
   * As {@code minReadySeconds} in {@code k8s/} and {@code containers/roll}: a replica is known, and
   * has compiled what it does most, before the next one goes.
   */
  private static final Duration SETTLED_AFTER = Duration.ofSeconds(35);

  private static final int REQUESTS_PER_SECOND = 50;
  private static final int PLAYS_AT_ONCE = 10;

  /** More than the service needs to go on, less than what takes it away. */
  private static final long LEFT_BYTES = 24L * 1024 * 1024;

  private static final List<String> IMAGES_OF_OTHERS = List.of("cassandra", "kafka");

  private static final List<String> ROLLED =
      List.of(
          "api-gateway",
          "playback-service",
          "steering-service",
          "oca-control-plane",
          "media-pipeline",
          "oca-node");

  private static ComposedHost host;
  private static ObservedEdges edges;
  private static Fleet fleet;

  @TempDir private Path folder;

  @BeforeAll
  static void compose() {
    host = new ComposedHost();
    edges = ObservedEdges.of(host);
    fleet = Fleet.startFresh(host);
  }

  @AfterAll
  static void end() throws IOException {
    edges.close();
    host.keepLogs(Fleet.repositoryRoot().resolve("fleet-local/target/composed-logs"));
    fleet.close();
  }

  @Test
  @Order(1)
  void a_title_is_ingested_and_played() throws Exception {
    JsonNode ingested = fleet.ingest(Sources.video(fleet, folder, "composed", "25", 8), "composed");
    // Others may still fill.
    assertThat(ingested.get("nodes").size()).isPositive();

    JsonNode report = fleet.json("play", "composed");

    assertThat(report.get("error").isNull()).as(report.toString()).isTrue();
    assertThat(report.get("rebufferCount").asInt()).isZero();
  }

  @Test
  @Order(1)
  void an_operator_asks_why_a_play_goes_where_it_goes() {
    ExplainE2E.assertExplained(fleet);
  }

  /** It is no way to what services ask each other. */
  @Test
  @Order(1)
  void players_reach_steering_at_a_door_of_its_own() {
    URI rankings = host.steeringFace().resolve("/internal/v1/rankings");

    assertThat(fleet.get(rankings, null).statusCode()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void the_node_that_serves_is_killed() throws Exception {
    try (Viewer viewer = new Viewer()) {
      String node = viewer.play().currentNode().orElseThrow();
      int restarts = restarts(node);

      kill(node);

      viewer.sawNothing();
      awaitBack(node);
      assertThat(restarts(node)).isGreaterThan(restarts);
    }
  }

  @Test
  @Order(3)
  void steering_is_paused() throws Exception {
    List<String> steering = named("steering-service");
    try (Viewer viewer = new Viewer()) {
      steering.forEach(name -> fleet.ok("freeze", name));
      try {
        Fleet.await(
            "a new play starts without steering",
            Duration.ofSeconds(15),
            () -> fleet.askToPlay(viewer.token(), Fleet.DEMO_TITLE).statusCode() == 201);
        viewer.sawNothing();
      } finally {
        steering.forEach(name -> fleet.ok("thaw", name));
      }
    }
    steering.forEach(ContainersE2E::awaitBack);
    awaitFreshPlays();
  }

  @Test
  @Order(4)
  void the_control_plane_is_disconnected() throws Exception {
    List<String> controlPlanes = named("oca-control-plane");
    List<Attachment> attachments = new ArrayList<>();
    try (Viewer viewer = new Viewer()) {
      for (String name : controlPlanes) {
        attachments.addAll(Attachment.of(host, name));
      }
      attachments.forEach(attachment -> attachment.detach(host));
      try {
        assertThat(fleet.askToPlay(viewer.token(), Fleet.DEMO_TITLE).statusCode()).isEqualTo(201);
        viewer.sawNothing();
      } finally {
        attachments.forEach(attachment -> attachment.attach(host));
      }
    }
    controlPlanes.forEach(ContainersE2E::awaitBack);
    Fleet.await("every node is healthy again", BACK_AT_MOST, ContainersE2E::allNodesAreHealthy);
  }

  @Test
  @Order(5)
  void playback_runs_out_of_memory() throws Exception {
    String name = "playback-service-1";
    String container = host.container(name);
    int restarts = restarts(name);
    String limit =
        host.engine().docker("inspect", "--format", "{{.HostConfig.Memory}}", container).strip();
    try (Viewer viewer = new Viewer()) {
      limitMemory(container, Long.toString(memoryUsed(container) + LEFT_BYTES));
      // Somebody else in the container takes what is left; the kernel ends the largest.
      host.engine().tryDocker("exec", container, "bash", "-c", "head -c 200M /dev/zero | tail");
      Fleet.await(
          name + " is killed for its memory",
          Duration.ofSeconds(60),
          () -> restarts(name) > restarts);
      limitMemory(container, limit);
      assertThat(fleet.askToPlay(viewer.token(), Fleet.DEMO_TITLE).statusCode()).isEqualTo(201);
      viewer.sawNothing();
    }
    awaitBack(name);
    assertThat(restarts(name)).isGreaterThan(restarts);
  }

  /**
   * By the balancer of the composed fleet, HAProxy; a node is drained before, as an operator would.
   */
  @Test
  @Tag("rolling")
  @Order(6)
  void every_replica_is_restarted_one_by_one_and_nobody_notices() throws Exception {
    List<String> timeline = new ArrayList<>();
    try (OpenLoop apps = new OpenLoop(fleet, REQUESTS_PER_SECOND);
        Plays plays = new Plays(fleet, PLAYS_AT_ONCE)) {
      apps.awaitFullRate();
      int before = apps.sent();
      long began = System.nanoTime();
      for (String service : ROLLED) {
        for (String name : named(service)) {
          timeline.add(Instant.now() + " " + name);
          restart(name);
        }
      }
      plays.stop();
      apps.stop();
      long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
      assertThat(apps.complaints()).as("of %d requests; %s", apps.sent(), timeline).isEmpty();
      assertThat(plays.complaints()).as("of %d plays; %s", plays.played(), timeline).isEmpty();
      // It was as much as was meant.
      assertThat((long) apps.sent() - before).isGreaterThan(seconds * REQUESTS_PER_SECOND * 9 / 10);
      assertThat(plays.played()).isGreaterThanOrEqualTo(2 * PLAYS_AT_ONCE);
      // For docs/results/containers.md.
      Files.writeString(
          Fleet.repositoryRoot().resolve("fleet-local/target/rolled.json"),
          """
          {"replicas": %d, "seconds": %d, "requests": %d, "plays": %d, "revision": "%s"}
          """
              .formatted(
                  timeline.size(),
                  seconds,
                  apps.sent(),
                  plays.played(),
                  System.getenv().getOrDefault("TRIBUTARY_REVISION", "unknown")));
    }
  }

  @Test
  @Order(7)
  void every_metric_that_a_rule_a_dashboard_or_a_scaler_names_is_scraped() throws Exception {
    List<String> named = said("k8s/metrics.txt");
    List<String> scraped =
        Fleet.elements(prometheus("series?match%5B%5D=%7Bservice!=%22%22%7D"))
            .map(labels ->
                labels.get("__name__").asString() + " " + labels.get("service").asString())
            .toList();

    assertThat(named).isNotEmpty();
    assertThat(named.stream().filter(metric -> !scraped.contains(metric))).isEmpty();
  }

  @Test
  @Order(7)
  void every_rule_is_evaluated() {
    List<JsonNode> rules =
        Fleet.elements(prometheus("rules").get("groups"))
            .flatMap(group -> Fleet.elements(group.get("rules")))
            .toList();

    assertThat(rules).isNotEmpty();
    assertThat(rules).allSatisfy(rule -> assertThat(rule.get("health").asString()).isEqualTo("ok"));
  }

  /** The lines of a list that is checked in, without its comments. */
  private static List<String> said(String file) throws IOException {
    return Files.readAllLines(Fleet.repositoryRoot().resolve(file)).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  private static JsonNode prometheus(String question) {
    URI uri = URI.create("http://" + host.address("prometheus") + ":9090/api/v1/" + question);
    return Fleet.read(fleet.get(uri, null).body()).get("data");
  }

  /** What the network policies allow is what is needed, no more and no less. */
  @Test
  @Order(7)
  void who_connected_to_whom_is_what_network_policies_allow() throws Exception {
    assertThat(edges.seen()).containsExactlyInAnyOrderElementsOf(said("k8s/edges.txt"));
  }

  /** What nobody asks for is not seen above: a node that asked would not be heard. */
  @Test
  @Order(7)
  void a_node_reaches_no_other_door_than_its_own() {
    String node = host.container("oca-node-1");

    assertThat(reaches(node, "balancer", 8443)).isTrue();
    assertThat(reaches(node, "balancer", 8081)).isFalse();
    assertThat(reaches(node, "balancer", 8080)).isFalse();
    assertThat(reaches(node, "balancer", 8082)).isFalse();
    assertThat(reaches(node, "steering-service-1", 8082)).isFalse();
    assertThat(reaches(host.container("api-gateway-1"), "cassandra", 9042)).isFalse();
    assertThat(reaches(host.container("api-gateway-1"), "kafka", 9092)).isFalse();
    String steering = host.container("steering-service-1");
    assertThat(reaches(steering, "kafka", 9092)).isTrue();
    assertThat(reaches(steering, "cassandra", 9042)).isFalse();
    assertThat(reaches(steering, "object-store", 9000)).isFalse();
  }

  private static boolean reaches(String container, String name, int port) {
    return host.engine()
            .tryDocker(
                "exec",
                container,
                "timeout",
                "3",
                "bash",
                "-c",
                "exec 3<>/dev/tcp/" + name + "/" + port)
            .exit()
        == 0;
  }

  @Test
  @Order(8)
  void an_image_tells_what_it_is_and_what_is_in_it() {
    for (String name : ofOurImages()) {
      String image = image(name);
      JsonNode config =
          Fleet.read(host.engine().docker("inspect", "--format", "{{json .Config}}", image));
      assertThat(label(config, "vendor")).as(name).isEqualTo("Tributary");
      JsonNode bill =
          Fleet.read(
              host.engine().docker("exec", host.container(name), "cat", "/app/sbom.cdx.json"));

      assertThat(config.get("User").asString()).as(name).isEqualTo("10001:10001");
      assertThat(label(config, "title"))
          .isEqualTo("Tributary " + name.replaceFirst("-[0-9]+$", ""));
      assertThat(label(config, "version")).as(name).isEqualTo("0.1.0");
      assertThat(label(config, "revision"))
          .as(name)
          .isEqualTo(System.getenv().getOrDefault("TRIBUTARY_REVISION", "unknown"));
      assertThat(label(config, "licenses")).as(name).isEqualTo("Apache-2.0");
      assertThat(bill.get("bomFormat").asString()).as(name).isEqualTo("CycloneDX");
      assertThat(bill.get("components").size()).as(name).isPositive();
      assertThat(host.engine().docker("exec", host.container(name), "cat", "/proc/1/comm").strip())
          .as("process 1 of %s", name)
          .isEqualTo("java");
    }
  }

  private static String label(JsonNode config, String name) {
    return config.path("Labels").path("org.opencontainers.image." + name).asString("");
  }

  @ParameterizedTest
  @MethodSource("io.tributary.fleet.e2e.ManifestPod#services")
  @Order(8)
  void an_image_runs_as_its_manifest_says(String service) throws Exception {
    letJoin("oca-node-0");
    try (ManifestPod pod = new ManifestPod(host.engine(), service, folder)) {
      try {
        pod.awaitProbe("startupProbe");
        pod.awaitProbe("livenessProbe");
        pod.awaitProbe("readinessProbe");
      } catch (AssertionError e) {
        throw new AssertionError(pod.logs(), e);
      }
      assertThat(pod.stop()).as(pod.logs()).isEqualTo(143);
    }
  }

  @ParameterizedTest
  @MethodSource("io.tributary.fleet.e2e.ManifestPod#jobs")
  @Order(8)
  void a_job_runs_to_its_end_as_its_manifest_says(String job) throws Exception {
    try (ManifestPod pod = new ManifestPod(host.engine(), job, folder)) {
      assertThat(pod.awaitEnd()).as(pod.logs()).isZero();
    }
  }

  /** A JVM that may not do without ends at once where the archive is not its own. */
  @Test
  @Order(8)
  void an_images_archive_of_classes_is_its_jvms() {
    for (String name : ofOurImages()) {
      Fleet.Said started =
          host.engine()
              .tryDocker("run", "--rm", "--env", "JDK_JAVA_OPTIONS=-XX:AOTMode=on", image(name));
      // Without a setting it ends too, by its own word.
      assertThat(started.out() + started.err())
          .as(name)
          .contains("(expected: ")
          .doesNotContain("AOT cache");
    }
  }

  private static List<String> ofOurImages() {
    List<String> ours =
        named("").stream().filter(name -> !IMAGES_OF_OTHERS.contains(name)).toList();
    assertThat(ours).isNotEmpty();
    return ours;
  }

  private static String image(String name) {
    return host.engine().docker("inspect", "--format", "{{.Image}}", host.container(name)).strip();
  }

  /** By a token among the composed nodes'. */
  private static void letJoin(String node) throws IOException {
    Path token = host.mount("oca-node-1", "/secrets/enrolment").resolve(node + ".enrolment-token");
    if (!Files.exists(token)) {
      fleet.ok(
          "admin",
          "enrolment-tokens",
          "create",
          node,
          "--site",
          "site-a",
          "--out",
          token.toString());
      Files.setAttribute(token, "unix:uid", 10001); // the images' user
    }
  }

  /** As {@code containers/roll} does. */
  private static void restart(String name) throws InterruptedException {
    boolean isNode = name.startsWith("oca-node");
    if (isNode) {
      fleet.ok("admin", "nodes", "drain", name);
      Fleet.await(name + " is named no more", BACK_AT_MOST, () -> !isNamed(name));
    }
    String container = host.container(name);
    long began = System.nanoTime();
    host.engine().docker("stop", "--time", "20", container);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("how long %s takes to stop", name)
        .isLessThan(Duration.ofSeconds(20));
    assertThat(
            host.engine().docker("inspect", "--format", "{{.State.ExitCode}}", container).strip())
        .as("%s ended by SIGTERM, not by SIGKILL", name)
        .isEqualTo("143");
    host.engine().docker("start", container);
    awaitBack(name);
    if (isNode) {
      fleet.ok("admin", "nodes", "undrain", name);
      Fleet.await("every node is healthy", BACK_AT_MOST, ContainersE2E::allNodesAreHealthy);
    } else {
      TimeUnit.NANOSECONDS.sleep(SETTLED_AFTER.toNanos());
    }
  }

  private static boolean isNamed(String node) {
    return Fleet.rankedNodes(fleet.play(Fleet.DEMO_TITLE)).contains(node);
  }

  /** Somebody who watches, and from whom nothing may be seen of what happens. */
  private static final class Viewer implements AutoCloseable {
    private final String token = fleet.token("demo");
    private final List<PlayEvent> events = new CopyOnWriteArrayList<>();
    private final Play play;

    Viewer() {
      this.play =
          TributaryClient.builder(fleet.gateway())
              .bearerToken(() -> token)
              .build()
              .open(Fleet.DEMO_TITLE, PlayOptions.defaults().atMost(Duration.ofSeconds(40)));
      play.addListener(events::add);
      play.start();
      Fleet.await("5 s are played", Duration.ofSeconds(20), () -> play.position().toSeconds() >= 5);
    }

    Play play() {
      return play;
    }

    String token() {
      return token;
    }

    void sawNothing() throws InterruptedException {
      PlayReport report = play.awaitEnd();
      assertThat(report.error()).isNull();
      assertThat(report.rebufferMillis()).as("events: %s", events).hasValue(0);
      assertThat(report.playedMillis()).isGreaterThanOrEqualTo(39_000);
    }

    @Override
    public void close() {
      play.close();
    }
  }

  /** As nobody's wish, so that the engine starts it again: {@code docker kill} would be a wish. */
  private static void kill(String name) throws Exception {
    String pid =
        host.engine().docker("inspect", "--format", "{{.State.Pid}}", host.container(name)).strip();
    assertThat(Files.readString(Path.of("/proc", pid, "cmdline"))).contains("java");
    assertThat(new ProcessBuilder("kill", "-9", pid).start().waitFor()).isZero();
  }

  private static void limitMemory(String container, String bytes) {
    host.engine().docker("update", "--memory", bytes, "--memory-swap", bytes, container);
  }

  private static long memoryUsed(String container) {
    return Long.parseLong(
        host.engine()
            .docker(
                "exec",
                container,
                "bash",
                "-c",
                "cat /sys/fs/cgroup/memory.current || cat /sys/fs/cgroup/memory/memory.usage_in_bytes")
            .strip());
  }

  private static int restarts(String name) {
    return Integer.parseInt(
        host.engine()
            .docker("inspect", "--format", "{{.RestartCount}}", host.container(name))
            .strip());
  }

  private static void awaitBack(String name) {
    Fleet.await(name + " is back", BACK_AT_MOST, () -> host.isHealthy(name));
  }

  private static void awaitFreshPlays() {
    Fleet.await(
        "plays are fresh again",
        BACK_AT_MOST,
        () -> !fleet.play(Fleet.DEMO_TITLE).get("stale").asBoolean());
  }

  private static boolean allNodesAreHealthy() {
    List<String> states =
        Fleet.elements(fleet.status().get("nodes"))
            .map(node -> node.get("state").asString())
            .toList();
    return states.size() >= 3 && states.stream().allMatch("healthy"::equals);
  }

  private static List<String> named(String service) {
    return host.processes().filter(name -> name.startsWith(service)).toList();
  }

  /** A container's place in a network, by which it can be given back to it. */
  private record Attachment(String container, String network, String service) {
    static List<Attachment> of(ComposedHost host, String service) {
      String container = host.container(service);
      return host.engine()
          .docker(
              "inspect",
              "--format",
              "{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}",
              container)
          .strip()
          .lines()
          .flatMap(line -> List.of(line.split(" ", -1)).stream())
          .map(network -> new Attachment(container, network, service))
          .toList();
    }

    void detach(ComposedHost host) {
      host.engine().docker("network", "disconnect", network, container);
    }

    void attach(ComposedHost host) {
      List<String> words = new ArrayList<>(List.of("network", "connect", "--alias", service));
      words.addAll(List.of("--alias", service.replaceFirst("-[0-9]+$", ""), network, container));
      host.engine().docker(words.toArray(String[]::new));
    }
  }
}
