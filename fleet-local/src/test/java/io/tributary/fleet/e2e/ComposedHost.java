package io.tributary.fleet.e2e;

import io.tributary.client.Play;
import io.tributary.client.PlayOptions;
import io.tributary.client.TributaryClient;
import io.tributary.contracts.admin.AdminTitle;
import io.tributary.contracts.admin.NodeView;
import io.tributary.ctl.AdminClient;
import io.tributary.ctl.AdminException;
import io.tributary.ctl.TributaryCtl;
import io.tributary.ctl.keys.LocalIssuer;
import io.tributary.fleet.command.PlayResult;
import io.tributary.fleet.door.PublicDoor;
import io.tributary.fleet.lifecycle.FleetException;
import io.tributary.fleet.lifecycle.FleetStatus;
import io.tributary.fleet.lifecycle.FleetStatus.NodeStatus;
import io.tributary.fleet.lifecycle.FleetStatus.ProcessStatus;
import io.tributary.fleet.lifecycle.FleetStatus.TitleStatus;
import io.tributary.fleet.lifecycle.Progress;
import io.tributary.fleet.lifecycle.TitleIngest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Containers of this machine, composed by {@code docker-compose.yml}. The script's words are done
 * here with what an operator of such a fleet has: the engine, {@code tributaryctl}, the SDK.
 */
final class ComposedHost implements FleetHost {
  static final String PROJECT = "tributary-e2e";

  private static final String DOOR = "198.18.77.2";
  private static final URI GATEWAY = URI.create("http://" + DOOR + ":8080");
  private static final URI ADMIN = URI.create("http://" + DOOR + ":8081");
  private static final Duration UP_AT_MOST = Duration.ofMinutes(8);
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);

  /** Which of the composed services are processes of the fleet; the others run once, or watch. */
  private static final List<String> ASIDE =
      List.of("keys", "setup", "demo", "demo-source", "tributaryctl", "prometheus", "balancer");

  private final JsonMapper json = JsonMapper.builder().build();
  private final Engine engine = new Engine(Fleet.repositoryRoot(), PROJECT);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Engine engine() {
    return engine;
  }

  @Override
  public Fleet.Said word(String word, List<String> arguments) {
    try {
      return switch (word) {
        case "kill" ->
            engine.tryDocker("kill", "--signal", "KILL", container(arguments.getFirst()));
        case "freeze" -> engine.tryDocker("pause", container(arguments.getFirst()));
        case "thaw" -> engine.tryDocker("unpause", container(arguments.getFirst()));
        case "start" -> start(arguments.getFirst());
        case "logs" -> engine.tryDocker("logs", container(arguments.getFirst()));
        case "down" -> said(engine.compose("stop", "--timeout", "25"));
        case "status" -> said(json.writeValueAsString(status()));
        case "token" -> said(token(option(arguments, "--account", "demo"), "viewer"));
        case "play" -> play(arguments);
        case "ingest" -> ingest(arguments);
        case "admin" -> admin(arguments);
        default -> throw new IllegalArgumentException("no such word for containers: " + word);
      };
    } catch (FleetException | AdminException refusal) {
      return new Fleet.Said(1, "", String.valueOf(refusal.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + word, e);
    }
  }

  @Override
  public void up() {
    engine.compose("up", "--detach", "--build");
    Fleet.await("the composed fleet is ready", UP_AT_MOST, this::isReady);
  }

  /** What the containers of now have said, a file each: they are about to go. */
  void keepLogs(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : processes().toList()) {
      Fleet.Said said = engine.tryDocker("logs", "--timestamps", container(name));
      Files.writeString(folder.resolve(name + ".log"), said.out() + said.err());
    }
  }

  @Override
  public void forgetEverything() {
    engine.compose("down", "--volumes", "--timeout", "5");
  }

  @Override
  public void startWithRoutes(String node, String source, String path) {
    try {
      Path more = Files.createTempFile("routes", ".yml");
      Files.writeString(
          more,
          """
          services:
            %s:
              environment: {OCA_ROUTES_SOURCE: %s, OCA_ROUTES_PATH: /data/%s}
          """
              .formatted(node, source, path));
      engine.compose(
          "-f", "docker-compose.yml", "-f", more.toString(), "up", "--detach", "--no-deps", node);
      Files.delete(more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path data(String process) {
    return mount(process, "/data");
  }

  @Override
  public List<Path> everyData() {
    return processes()
        .filter(
            name -> !List.of("cassandra", "kafka", "api-gateway-1", "api-gateway-2").contains(name))
        .filter(name -> !name.startsWith("oca-control-plane"))
        .map(this::data)
        .toList();
  }

  @Override
  public Path secret(String place) {
    Path path = Path.of(place);
    String purpose = path.getName(0).toString();
    String holder =
        switch (purpose) {
          case "issuer" -> "api-gateway-1";
          case "media" -> "playback-service-1";
          case "authority-public" -> "oca-node-1";
          default -> throw new IllegalArgumentException("nobody is known to have " + place);
        };
    return mount(holder, "/secrets/" + purpose).resolve(path.getFileName());
  }

  @Override
  public URI management(String process) {
    return URI.create("http://" + address(process) + ":9090");
  }

  @Override
  public URI nodeDoor() {
    return URI.create("https://" + DOOR + ":8443");
  }

  @Override
  public URI steeringFace() {
    return URI.create("http://" + DOOR + ":8082");
  }

  @Override
  public void close() {
    forgetEverything();
  }

  /** The container of a composed service, running or not. */
  String container(String service) {
    String found =
        engine
            .docker(
                "ps",
                "--all",
                "--quiet",
                "--filter",
                "label=com.docker.compose.project=" + PROJECT,
                "--filter",
                "label=com.docker.compose.service=" + service)
            .strip();
    if (found.isEmpty() || found.contains("\n")) {
      throw new AssertionError(service + " has these containers: " + found);
    }
    return found;
  }

  /** A bearer token of the fleet's own issuer. */
  String token(String account, String role) throws IOException {
    return new LocalIssuer(secret("issuer/issuer.jwk"), "local", InstantSource.system())
        .token(account, role, TOKEN_LIFETIME);
  }

  AdminClient admin() throws IOException {
    return new AdminClient(ADMIN, token("test", "operator"));
  }

  boolean isHealthy(String service) {
    return engine
        .docker("inspect", "--format", "{{.State.Health.Status}}", container(service))
        .strip()
        .equals("healthy");
  }

  /** Which of several names an engine's answer gives: any address of the container will do. */
  String address(String service) {
    return engine
        .docker(
            "inspect",
            "--format",
            "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}",
            container(service))
        .strip()
        .split(" ", -1)[0];
  }

  Stream<String> processes() {
    return engine
        .docker(
            "ps",
            "--all",
            "--filter",
            "label=com.docker.compose.project=" + PROJECT,
            "--format",
            "{{.Label \"com.docker.compose.service\"}}")
        .lines()
        .filter(name -> !ASIDE.contains(name))
        .sorted();
  }

  /** Where on this machine a service's volume is. */
  Path mount(String service, String destination) {
    String source =
        engine
            .docker(
                "inspect",
                "--format",
                "{{range .Mounts}}{{if eq .Destination \""
                    + destination
                    + "\"}}{{.Source}}{{end}}{{end}}",
                container(service))
            .strip();
    return Path.of(source);
  }

  private boolean isReady() {
    try {
      FleetStatus status = status();
      return status.ready()
          && status.nodes().size() >= 3
          && status.nodes().stream().allMatch(node -> node.state().equals("healthy"))
          && status.titles().stream()
              .anyMatch(title -> title.id().equals(Fleet.DEMO_TITLE) && title.playable());
    } catch (IOException e) {
      return false; // The issuer's key is not made yet.
    }
  }

  private FleetStatus status() throws IOException {
    List<ProcessStatus> processes = new ArrayList<>();
    for (String name : processes().toList()) {
      String service = name.replaceFirst("-[0-9]+$", "");
      int instance =
          name.equals(service) ? 1 : Integer.parseInt(name.substring(service.length() + 1));
      processes.add(new ProcessStatus(name, service, instance, "local", null, 0, isHealthy(name)));
    }
    List<NodeStatus> nodes = List.of();
    List<TitleStatus> titles = List.of();
    try {
      nodes = admin().nodes().stream().map(ComposedHost::status).toList();
      titles = admin().titles().stream().map(ComposedHost::status).toList();
    } catch (AdminException away) {
      // As the script's status: what does not answer is left out.
    }
    boolean ready = !processes.isEmpty() && processes.stream().allMatch(ProcessStatus::healthy);
    return new FleetStatus(ready, GATEWAY.toString(), processes, nodes, titles);
  }

  private static NodeStatus status(NodeView node) {
    return new NodeStatus(
        node.id(), node.siteId(), node.baseUrl(), node.state(), node.packagesHeld());
  }

  private static TitleStatus status(AdminTitle title) {
    return new TitleStatus(title.id(), title.name(), title.durationMillis(), title.playable());
  }

  private Fleet.Said start(String name) {
    Fleet.Said started = engine.tryDocker("start", container(name));
    if (started.exit() == 0) {
      Fleet.await(name + " is healthy", Duration.ofMinutes(2), () -> isHealthy(name));
    }
    return started;
  }

  private Fleet.Said play(List<String> arguments) throws IOException, InterruptedException {
    String token = token(option(arguments, "--account", "demo"), "viewer");
    PlayOptions options = PlayOptions.defaults();
    if (arguments.contains("--fast")) {
      options = options.withoutPacing();
    }
    String seconds = option(arguments, "--for", "");
    if (!seconds.isEmpty()) {
      options = options.atMost(Duration.ofSeconds(Long.parseLong(seconds)));
    }
    TributaryClient client = TributaryClient.builder(GATEWAY).bearerToken(() -> token).build();
    try (Play play = client.open(arguments.getFirst(), options)) {
      play.start();
      return said(json.writeValueAsString(PlayResult.of(play.awaitEnd())));
    }
  }

  private Fleet.Said ingest(List<String> arguments) throws IOException, InterruptedException {
    PublicDoor door = new PublicDoor(http, GATEWAY.toString(), token("demo", "viewer"));
    TitleIngest.Result result =
        new TitleIngest(admin(), door, Progress.onStandardError())
            .ingest(
                Path.of(arguments.getFirst()),
                option(arguments, "--id", ""),
                option(arguments, "--name", option(arguments, "--id", "")));
    return said(json.writeValueAsString(result));
  }

  private Fleet.Said admin(List<String> arguments) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        TributaryCtl.run(
            Map.of(
                "TRIBUTARY_ADMIN_URL", ADMIN.toString(),
                "TRIBUTARY_ADMIN_TOKEN", token("test", "operator")),
            new PrintWriter(out),
            new PrintWriter(err),
            arguments.toArray(String[]::new));
    return new Fleet.Said(exit, out.toString(), err.toString());
  }

  private static String option(List<String> arguments, String name, String otherwise) {
    int at = arguments.indexOf(name);
    return at < 0 ? otherwise : arguments.get(at + 1);
  }

  private static Fleet.Said said(String out) {
    return new Fleet.Said(0, out, "");
  }
}
