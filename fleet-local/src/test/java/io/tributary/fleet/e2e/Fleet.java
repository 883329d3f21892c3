package io.tributary.fleet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fleet under test, used as a stranger would: by the script's words and by HTTP at its doors.
 *
 * <p>Safe for use by many threads, as the script is.
 */
final class Fleet implements AutoCloseable {
  /** Made by {@code up} itself; 60 s long. */
  static final String DEMO_TITLE = "demo-clock";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final FleetHost host;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private volatile @Nullable URI gateway;

  /** What tests froze and did not thaw, and what they put a fault before and did not end. */
  private final Set<String> frozen = ConcurrentHashMap.newKeySet();

  private final Set<String> faulted = ConcurrentHashMap.newKeySet();

  private Fleet(FleetHost host) {
    this.host = host;
  }

  static Fleet startFresh() {
    return startFresh(FleetHost.chosen());
  }

  static Fleet startFresh(FleetHost host) {
    Fleet fleet = new Fleet(host);
    host.forgetEverything();
    fleet.restore();
    return fleet;
  }

  /**
   * Undoes what tests did and left so: thaws, ends faults, starts what is not running; and waits
   * until a title can play.
   */
  void restore() {
    // What was frozen may be dead meanwhile: up tells whether the fleet is well.
    frozen.forEach(name -> word("thaw", name));
    faulted.forEach(name -> word("fault", name, "--off"));
    host.up();
  }

  @Override
  public void close() {
    host.close();
  }

  // ---- words

  /** What a word of the script said. */
  record Said(int exit, String out, String err) {
    JsonNode json() {
      return JSON.readTree(out);
    }
  }

  /** Says a word and returns whatever came of it. */
  Said word(String word, String... arguments) {
    noteWhatItLeaves(word, List.of(arguments));
    return host.word(word, List.of(arguments));
  }

  private void noteWhatItLeaves(String word, List<String> arguments) {
    switch (word) {
      case "freeze" -> frozen.add(arguments.getFirst());
      case "thaw" -> frozen.remove(arguments.getFirst());
      case "fault" -> {
        if (arguments.contains("--off")) {
          faulted.remove(arguments.getFirst());
        } else {
          faulted.add(arguments.getFirst());
        }
      }
      case "down" -> {
        frozen.clear();
        faulted.clear();
      }
      default -> {}
    }
  }

  /** Says a word that must succeed. */
  Said ok(String word, String... arguments) {
    Said said = word(word, arguments);
    assertThat(said.exit())
        .as("%s %s said: %s%n%s", word, List.of(arguments), said.out(), said.err())
        .isZero();
    return said;
  }

  /** Says a word with {@code --json} that must succeed. */
  JsonNode json(String word, String... arguments) {
    String[] withJson =
        Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
    return ok(word, withJson).json();
  }

  JsonNode status() {
    return json("status");
  }

  /** The names of a service's processes, or of every process for {@code ""}. */
  List<String> processes(String service) {
    return elements(status().get("processes"))
        .filter(process -> service.isEmpty() || process.get("service").asString().equals(service))
        .map(process -> process.get("name").asString())
        .toList();
  }

  void awaitHealthy(String process) {
    await(
        process + " is healthy",
        Duration.ofSeconds(60),
        () ->
            elements(status().get("processes"))
                .anyMatch(running ->
                    running.get("name").asString().equals(process)
                        && running.get("healthy").asBoolean()));
  }

  String token(String account) {
    return ok("token", "--account", account).out().strip();
  }

  JsonNode ingest(Path file, String id) {
    return json("ingest", file.toString(), "--id", id, "--name", "Test " + id);
  }

  // ---- HTTP

  /** The public door; its address is fixed for a fleet's life. */
  URI gateway() {
    URI known = gateway;
    if (known == null) {
      known = URI.create(status().get("gateway").asString());
      gateway = known;
    }
    return known;
  }

  HttpResponse<String> get(URI uri, @Nullable String token) {
    return send(request(uri, token).GET().build());
  }

  HttpResponse<String> post(URI uri, @Nullable String token, String body) {
    return send(
        request(uri, token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** A play with its ranking, as an app would ask for it. */
  HttpResponse<String> askToPlay(@Nullable String token, String titleId) {
    return post(
        gateway().resolve("/api/v1/playbacks"),
        token,
        "{\"titleId\":\"" + titleId + "\",\"include\":[\"ranking\"]}");
  }

  /** The same, and it must be granted. */
  JsonNode play(String titleId) {
    HttpResponse<String> answer = askToPlay(token("demo"), titleId);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JSON.readTree(answer.body());
  }

  /** What the SDK reads of a play: its nodes, renditions and segments. */
  JsonNode manifest(JsonNode playback) {
    return read(get(URI.create(playback.get("manifests").get("play").asString()), null).body());
  }

  /** The path of the first rendition's segment, below any node's base URL. */
  static String segment(JsonNode manifest, int number) {
    return manifest
        .get("media")
        .get("renditions")
        .get(0)
        .get("segments")
        .get(number)
        .get("path")
        .asString();
  }

  /** As a what-if names the demo title's package. */
  String demoPackage() {
    return elements(json("admin", "packages", "list").get("packages"))
        .filter(each -> each.get("titleId").asString().equals(DEMO_TITLE))
        .map(each -> DEMO_TITLE + "/" + each.get("packageVersion").asString())
        .findFirst()
        .orElseThrow();
  }

  static List<String> rankedNodes(JsonNode playback) {
    return elements(playback.get("ranking")).map(node -> node.get("nodeId").asString()).toList();
  }

  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static JsonNode read(String json) {
    return JSON.readTree(json);
  }

  private static HttpRequest.Builder request(URI uri, @Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  // ---- the machine

  /** What this fleet runs on. */
  FleetHost host() {
    return host;
  }

  /** Runs one of the browser tests' programs and returns its one JSON object. */
  JsonNode browser(String program, String... arguments) {
    Path folder = repositoryRoot().resolve("fleet-local/src/test/browser");
    List<String> command = new ArrayList<>(List.of("node", program));
    command.addAll(List.of(arguments));
    return JSON.readTree(run(folder, Duration.ofMinutes(3), command));
  }

  /** Runs a program that must succeed and returns what it printed. */
  static String run(Path folder, Duration bound, List<String> command) {
    try {
      Path out = Files.createTempFile("run", ".out");
      Path err = Files.createTempFile("run", ".err");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      assertThat(ended && process.exitValue() == 0)
          .as("%s in %s said: %s", command, bound, Files.readString(err))
          .isTrue();
      String said = Files.readString(out);
      Files.delete(out);
      Files.delete(err);
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + command, e);
    }
  }

  /** Asks again every 200 ms until it is so; fails with {@code what} after {@code bound}. */
  static void await(String what, Duration bound, BooleanSupplier condition) {
    Instant end = Instant.now().plus(bound);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not within " + bound + ": " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting: " + what, e);
      }
    }
  }

  static Path repositoryRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("tributary"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no ./tributary above " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }
}
