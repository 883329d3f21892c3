package io.tributary.playback;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.tributary.backends.Cassandra;
import io.tributary.backends.CassandraSettings;
import io.tributary.contracts.api.PlayReport;
import io.tributary.contracts.context.AnswerMarks;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.playback.admin.AdminDoor;
import io.tributary.playback.catalogue.CassandraCatalogue;
import io.tributary.playback.catalogue.Publication;
import io.tributary.playback.manifest.Packages;
import io.tributary.playback.store.CassandraStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service against a real Cassandra, with Kafka always away and steering played by the
 * test: public API, operators' door, and a restart with the store dead.
 */
class PlaybackServiceIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String RANKING =
      """
      {"decisionId":"d1","snapshotVersion":1,"snapshotAgeMillis":5,"outcome":"steered","nodes":[
       {"nodeId":"oca-1","siteId":"a","baseUrl":"http://127.0.0.1:1"},
       {"nodeId":"oca-2","siteId":"b","baseUrl":"http://127.0.0.1:2"}]}
      """;

  /** What one of a play's three reads (title, account, bookmark) would take unprotected. */
  private static final Duration DRIVERS_TIMEOUT = Duration.ofSeconds(2);

  @TempDir private static Path disk;
  private static Cassandra cassandra;
  private static HttpServer steering;
  private static ECKey issuerKey;

  @BeforeAll
  static void prepare() throws Exception {
    cassandra = Cassandra.prepared();
    steering = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    steering.createContext(
        "/internal/v1/rankings",
        exchange -> {
          byte[] body = RANKING.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    steering.start();
    issuerKey = new ECKeyGenerator(Curve.P_256).keyID("issuer").generate();
    Files.writeString(disk.resolve("issuer.json"), new JWKSet(issuerKey).toString(true));
    Files.writeString(
        disk.resolve("object-store.properties"), "accessKeyId=id\nsecretAccessKey=secret\n");
    ECKey signing = new ECKeyGenerator(Curve.P_256).keyID("signing").generate();
    Files.writeString(disk.resolve("signing.json"), new JWKSet(signing).toString(false));
  }

  @AfterAll
  static void end() {
    steering.stop(0);
    cassandra.close();
  }

  /** One story: up before its store, in use, and restarted without it. */
  @Test
  void aServiceStartsBeforeItsStoreAndOutlivesIt() throws Exception {
    String playbackId;
    try (var service = new Service()) {
      assertThat(service.get(service.management, "/actuator/health/readiness", null).statusCode())
          .isEqualTo(200);
      assertNotKnownHere(service.create("demo", token("demo", "viewer")));
      assertNotKnownHere(service.get(service.main, "/api/v1/titles", token("demo", "viewer")));
      cassandra.start();
      service.awaitStore();
      publishDemo(service);
      assertRefusals(service);
      assertOperatorsDoor(service);
      playbackId = assertPlays(service);
      assertReports(service);
      assertAPressOfPlayIsOnePlay(service);
      assertAFrozenStoreDelaysNobodyForLong(service);
    }
    cassandra.kill();
    try (var service = new Service()) {
      long before = System.nanoTime();
      HttpResponse<String> answer = service.create("demo", token("demo", "viewer"));
      Duration took = Duration.ofNanos(System.nanoTime() - before);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      JsonNode play = JSON.readTree(answer.body());
      assertThat(play.get("stale").asBoolean()).isTrue();
      assertThat(took).isLessThan(DRIVERS_TIMEOUT.multipliedBy(3));
      assertThat(service.manifest(play, "hls").statusCode()).isEqualTo(200);
      assertProblem(
          service.send(
              service.main,
              "POST",
              "/api/v1/playbacks/" + playbackId + "/renewals",
              "",
              token("demo", "viewer")),
          503,
          "unavailable");
    }
  }

  private static void assertAFrozenStoreDelaysNobodyForLong(Service service) throws Exception {
    cassandra.freeze();
    try {
      long before = System.nanoTime();
      HttpResponse<String> answer = service.create("demo", token("demo", "viewer"));
      Duration took = Duration.ofNanos(System.nanoTime() - before);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      assertThat(JSON.readTree(answer.body()).get("stale").asBoolean()).isTrue();
      assertThat(took).isLessThan(DRIVERS_TIMEOUT);
    } finally {
      cassandra.thaw();
    }
  }

  private static void assertAPressOfPlayIsOnePlay(Service service) throws Exception {
    String viewer = token("demo", "viewer");
    assertThat(playbackId(service.press("demo", "press-1", viewer)))
        .isEqualTo(playbackId(service.press("demo", "press-1", viewer)))
        .isNotEqualTo(playbackId(service.press("demo", "press-2", viewer)));
    assertProblem(service.press("demo", "x".repeat(129), viewer), 400, "invalid");
  }

  private static String playbackId(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JSON.readTree(answer.body()).get("playbackId").asString();
  }

  private static void publishDemo(Service service) throws IOException {
    PackageManifest manifest = Packages.at25();
    var catalogue = new CassandraCatalogue(service.context.getBean(CassandraStore.class));
    Instant now = Instant.now();
    catalogue.publish(
        new Publication(manifest.ref(), "Demo", manifest.durationMillis(), "hash", now),
        gzip(JSON.writeValueAsBytes(manifest)));
    catalogue.place(manifest.ref(), now, now);
  }

  private static void assertOperatorsDoor(Service service) throws Exception {
    String operator = token("root", "operator");
    HttpResponse<String> account =
        service.put(
            service.admin, "/admin/v1/accounts/demo", "{\"entitlements\":[\"*\"]}", operator);
    assertThat(account.statusCode()).as(account.body()).isEqualTo(200);
    assertThat(service.get(service.admin, "/admin/v1/accounts", operator).body())
        .contains("\"demo\"");
    assertThat(service.get(service.admin, "/admin/v1/titles/demo", operator).body())
        .contains("\"currentPackage\":\"p0123456789ab\"");
    assertProblem(
        service.get(service.admin, "/admin/v1/accounts", token("demo", "viewer")),
        403,
        "forbidden");
    assertProblem(service.get(service.admin, "/admin/v1/accounts", null), 401, "unauthenticated");
    assertProblem(service.get(service.main, "/admin/v1/accounts", operator), 404, "not-found");
    assertProblem(service.get(service.admin, "/api/v1/titles", operator), 404, "not-found");
    assertProblem(
        service.put(
            service.admin, "/admin/v1/titles/none", "{\"name\":\"x\",\"isPublic\":true}", operator),
        404,
        "not-found");
  }

  private static void assertRefusals(Service service) throws Exception {
    String viewer = token("demo", "viewer");
    assertProblem(service.create("demo", null), 401, "unauthenticated");
    assertProblem(service.create("demo", "forged"), 401, "unauthenticated");
    assertProblem(service.create("demo", viewer), 403, "unknown-account");
    assertProblem(service.create("nothing", viewer), 404, "not-found");
    assertProblem(service.create("../etc", viewer), 400, "invalid");
    assertProblem(service.post("/api/v1/playbacks", "{\"titleId\":", viewer), 400, "malformed");
    assertProblem(service.post("/api/v1/playbacks", "{}", viewer), 400, "invalid");
    assertProblem(
        service.post("/api/v1/playbacks", "{\"x\":\"" + "y".repeat(200_000) + "\"}", viewer),
        413,
        "body-too-large");
    assertProblem(service.get(service.main, "/api/v1/nothing", viewer), 404, "not-found");
    assertProblem(service.get(service.main, "/api/v1/x%2f..%2fy", viewer), 400, "malformed");
    assertProblem(
        service.get(service.main, "/api/v1/playbacks", viewer), 405, "method-not-allowed");
    assertProblem(
        service.get(service.main, "/api/v1/manifests/forged/main.m3u8", null), 404, "not-found");
  }

  private static String assertPlays(Service service) throws Exception {
    String viewer = token("demo", "viewer");
    assertThat(service.get(service.main, "/api/v1/titles", viewer).body())
        .contains("{\"id\":\"demo\",\"name\":\"Demo\",\"durationMillis\":10000,\"playable\":true}");
    HttpResponse<String> answer =
        service.post(
            "/api/v1/playbacks",
            "{\"titleId\":\"demo\",\"include\":[\"ranking\"],\"new\":1}",
            viewer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode play = JSON.readTree(answer.body());
    assertThat(play.get("stale").asBoolean()).isFalse();
    assertThat(play.get("ranking").size()).isEqualTo(2);
    String id = play.get("playbackId").asString();

    HttpResponse<String> multivariant = service.manifest(play, "hls");
    assertThat(multivariant.statusCode()).as(multivariant.body()).isEqualTo(200);
    assertThat(multivariant.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/vnd.apple.mpegurl"));
    String variant =
        multivariant.body().lines().filter(line -> !line.startsWith("#")).findFirst().orElseThrow();
    HttpResponse<String> media =
        HTTP.send(
            HttpRequest.newBuilder(multivariant.uri().resolve(variant)).build(),
            BodyHandlers.ofString());
    assertThat(media.body())
        .contains("http://127.0.0.1:1/t/")
        .contains("/demo/p0123456789ab/v360/");
    assertThat(service.manifest(play, "dash").body()).contains("<MPD ");
    assertThat(service.manifest(play, "play").body()).contains("\"pathways\":[");
    assertThat(play.get("manifests").get("hls").asString().length()).isLessThan(2_048 + 100);

    HttpResponse<String> position =
        service.put(
            service.main,
            "/api/v1/playbacks/" + id + "/position",
            "{\"positionMillis\":5000}",
            viewer);
    assertThat(position.statusCode()).as(position.body()).isEqualTo(204);
    assertProblem(
        service.put(
            service.main,
            "/api/v1/playbacks/" + id + "/position",
            "{\"positionMillis\":50000}",
            viewer),
        400,
        "invalid");
    assertThat(
            JSON.readTree(service.create("demo", viewer).body())
                .get("resumePositionMillis")
                .asLong())
        .isEqualTo(5_000);
    HttpResponse<String> renewed =
        service.send(service.main, "POST", "/api/v1/playbacks/" + id + "/renewals", "", viewer);
    assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(200);
    return id;
  }

  /** With Kafka away too: a report is taken, and waits or is lost, but nobody waits for it. */
  private static void assertReports(Service service) throws Exception {
    JsonNode play = JSON.readTree(service.create("demo", token("demo", "viewer")).body());
    String path = "/api/v1/playbacks/" + play.get("playbackId").asString() + "/reports";
    String event =
        """
        {"sequence":0,"time":"2026-11-23T03:00:07Z","kind":"error","state":"playing","nodeId":"oca-1"}\
        """;
    String manifest = play.get("manifests").get("hls").asString();
    String proven = report(event, manifest);

    assertThat(service.post(path, proven, token("demo", "viewer")).statusCode()).isEqualTo(202);
    assertThat(service.post(path, report(event, null), token("demo", "viewer")).statusCode())
        .isEqualTo(202);
    assertProblem(service.post(path, proven, null), 404, "not-found");
    assertProblem(service.post(path, report(event, null), null), 404, "not-found");
    assertProblem(
        service.post("/api/v1/playbacks/other/reports", proven, token("demo", "viewer")),
        404,
        "not-found");
    assertProblem(
        service.post(path, report(event, "http://127.0.0.1/"), token("demo", "viewer")),
        400,
        "invalid");
    String tooMany = String.join(",", Collections.nCopies(PlayReport.MAX_EVENTS + 1, event));
    assertProblem(
        service.post(path, report(tooMany, manifest), token("demo", "viewer")), 400, "invalid");
    assertProblem(service.post(path, "{}", token("demo", "viewer")), 400, "invalid");
    assertProblem(
        service.post(path, report(tooMany.repeat(20), manifest), token("demo", "viewer")),
        413,
        "body-too-large");
  }

  private static String report(String events, @Nullable String manifest) {
    return """
    {"sentAt":"2026-11-23T03:00:08Z","events":[%s]%s}
    """
        .formatted(events, manifest == null ? "" : ",\"manifest\":\"" + manifest + "\"");
  }

  /** The gateway asks another replica, and nothing was done here. */
  private static void assertNotKnownHere(HttpResponse<String> answer) {
    assertProblem(answer, 503, "unavailable");
    assertThat(answer.headers().firstValue(AnswerMarks.NOT_KNOWN_HERE)).isPresent();
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(answer.body()).get("type").asString())
        .isEqualTo("urn:tributary:problem:" + type);
  }

  private static String token(String subject, String role) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("issuer").build(),
            new JWTClaimsSet.Builder()
                .issuer("http://issuer")
                .audience("tributary")
                .subject(subject)
                .claim("roles", List.of(role))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build());
    token.sign(new ECDSASigner(issuerKey));
    return token.serialize();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** One run of the service, on free ports. */
  private static final class Service implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final int main;
    private final int admin;
    private final int management;

    Service() {
      List<String> settings = new ArrayList<>();
      settings.add("--server.port=0");
      settings.add("--management.server.port=0");
      settings.add("--playback.admin.port=0");
      settings.add("--playback.steering-urls=http://127.0.0.1:" + steering.getAddress().getPort());
      settings.add("--spring.profiles.active=local");
      settings.add(
          "--tributary.object-store.credentials-file=" + disk.resolve("object-store.properties"));
      settings.add("--playback.signing-keys-file=" + disk.resolve("signing.json"));
      settings.add("--playback.state-directory=" + disk.resolve("state"));
      settings.add("--playback.last-known.fresh-for=0s");
      settings.add("--tributary.cassandra.contact-points=" + cassandra.contactPoint());
      settings.add("--tributary.cassandra.local-datacenter=" + CassandraSettings.DATA_CENTRE);
      settings.add("--tributary.cassandra.replication=" + CassandraSettings.REPLICATION);
      settings.add("--tributary.identity.issuers[0].issuer=http://issuer");
      settings.add("--tributary.identity.issuers[0].jwks=" + disk.resolve("issuer.json").toUri());
      // Nobody listens there: Kafka is away in all of this test.
      settings.add("--spring.kafka.bootstrap-servers=127.0.0.1:1");
      context = SpringApplication.run(PlaybackApplication.class, settings.toArray(String[]::new));
      main = port("local.server.port");
      admin = context.getBean(AdminDoor.class).port();
      management = port("local.management.port");
    }

    private int port(String property) {
      return Integer.parseInt(context.getEnvironment().getRequiredProperty(property));
    }

    void awaitStore() throws Exception {
      Instant deadline = Instant.now().plusSeconds(60);
      String viewer = token("demo", "viewer");
      while (get(main, "/api/v1/titles", viewer).statusCode() != 200) {
        assertThat(Instant.now()).isBefore(deadline);
        Thread.sleep(100);
      }
    }

    HttpResponse<String> create(String titleId, @Nullable String token) throws Exception {
      return post("/api/v1/playbacks", "{\"titleId\":\"" + titleId + "\"}", token);
    }

    /** As an app does that repeats by itself. */
    HttpResponse<String> press(String titleId, String key, String token) throws Exception {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + main + "/api/v1/playbacks"))
              .timeout(Duration.ofSeconds(20))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + token)
              .header("Idempotency-Key", key)
              .POST(BodyPublishers.ofString("{\"titleId\":\"" + titleId + "\"}"))
              .build(),
          BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, @Nullable String token) throws Exception {
      return send(main, "POST", path, body, token);
    }

    HttpResponse<String> put(int port, String path, String body, @Nullable String token)
        throws Exception {
      return send(port, "PUT", path, body, token);
    }

    HttpResponse<String> get(int port, String path, @Nullable String token) throws Exception {
      return send(port, "GET", path, "", token);
    }

    /** Fetches one of a play's manifests here, since no gateway is there. */
    HttpResponse<String> manifest(JsonNode play, String kind) throws Exception {
      URI url = URI.create(play.get("manifests").get(kind).asString());
      return get(main, url.getPath(), null);
    }

    HttpResponse<String> send(
        int port, String method, String path, String body, @Nullable String token)
        throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(Duration.ofSeconds(20));
      if (!body.isEmpty()) {
        request.header("Content-Type", "application/json");
      }
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      return HTTP.send(
          request
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
