package io.tributary.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.cassandra.CassandraConnection;
import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.Site;
import io.tributary.contracts.node.EnrolmentRequest;
import io.tributary.contracts.node.NodeCertificate;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.controlplane.doors.NodeDoor;
import io.tributary.controlplane.enrolment.Enrolments;
import io.tributary.controlplane.identity.AuthorityKeys;
import io.tributary.controlplane.identity.CertificateAuthority;
import io.tributary.controlplane.identity.CertificateRequest;
import io.tributary.controlplane.identity.TestAuthority;
import io.tributary.controlplane.identity.TestNode;
import io.tributary.controlplane.registry.Registry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The node door over real TLS, with a real Cassandra behind it and no Kafka anywhere. */
class NodeDoorIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  static final String MEDIA_KEYS =
      "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k1\",\"x\":\"eA\",\"y\":\"eQ\"}]}";

  @TempDir static Path ours;
  @TempDir static Path theirs;
  private static ConfigurableApplicationContext context;
  private static TestNode node;
  private static NodeCertificate certificate;

  @BeforeAll
  static void start() throws Exception {
    // Nobody listens there.
    context = ControlPlaneContext.start(ours, "127.0.0.1:1");
    CompletableFuture<Boolean> connected = new CompletableFuture<>();
    context.getBean(CassandraConnection.class).whenConnected(session -> connected.complete(true));
    connected.join();
    Registry registry = context.getBean(Registry.class);
    registry.putNetwork(new Network("isp", "An ISP", 64_512, List.of(), List.of()));
    registry.putSite(new Site("s1", "isp", "A place", null, null));
    node = TestNode.fresh();
    String token = context.getBean(Enrolments.class).invite("n1", "s1", Instant.now()).token();
    HttpResponse<String> enrolled =
        post(
            client(null),
            "enrolments",
            JSON.writeValueAsString(new EnrolmentRequest(token, node.request())));
    assertEquals(200, enrolled.statusCode(), enrolled.body());
    certificate = JSON.readValue(enrolled.body(), NodeCertificate.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  void aNodeWithItsCertificateIsAnsweredWithKafkaDown() throws Exception {
    HttpResponse<String> answer = post(own(), "heartbeats", heartbeat("n1"));

    assertEquals(200, answer.statusCode(), answer.body());
    int next = JSON.readTree(answer.body()).get("nextHeartbeatMillis").asInt();
    assertTrue(next >= 900 && next <= 1_000, answer.body());
  }

  @Test
  void aCompressedHeartbeatIsReadAsAPlainOne() throws Exception {
    HttpResponse<String> answer = send("gzip", gzip(heartbeat("n1").getBytes(UTF_8)));

    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals("gzip", answer.headers().firstValue("Accept-Encoding").orElse(""));
  }

  @Test
  void whatInflatesWithoutBound_isCutShort_andIsOfAnotherCodingIsRefused() throws Exception {
    byte[] bomb = gzip(new byte[64 << 20]);
    assertTrue(bomb.length < 100_000, () -> "bomb has " + bomb.length + " bytes");
    assertProblem(413, "body-too-large", send("gzip", bomb));
    byte[] whole = gzip(heartbeat("n1").getBytes(UTF_8));
    assertProblem(400, "malformed", send("gzip", Arrays.copyOf(whole, whole.length - 20)));
    assertProblem(400, "malformed", send("gzip", heartbeat("n1").getBytes(UTF_8)));
    assertProblem(415, "unsupported-media-type", send("br", whole));
  }

  @Test
  void aNodeIsGivenTheConfigurationThatItsHeartbeatIsTold() throws Exception {
    NodeConfig config =
        JSON.readValue(get(own(), door() + "/oca/v1/config").body(), NodeConfig.class);

    assertEquals(MEDIA_KEYS, config.mediaTokenKeys());
    assertEquals(
        config.configVersion(),
        JSON.readTree(post(own(), "heartbeats", heartbeat("n1")).body())
            .get("configVersion")
            .asLong());
  }

  @Test
  void nobodyComesInWithoutACertificate() throws Exception {
    assertProblem(401, "unauthenticated", post(client(null), "heartbeats", heartbeat("n1")));
  }

  @Test
  void anotherAuthoritysCertificateIsToldSo() throws Exception {
    var config = TestAuthority.in(theirs).config();
    var foreign =
        new CertificateAuthority(
            AuthorityKeys.open(config), config.certificateLifetime(), new SecureRandom());
    TestNode stranger = TestNode.fresh();
    NodeCertificate theirsOfN1 =
        foreign.sign(
            "n1",
            "s1",
            (CertificateRequest.Proven) CertificateRequest.read(stranger.request()),
            Instant.now());

    assertProblem(
        401,
        "unauthenticated",
        post(client(stranger.keyStore(theirsOfN1)), "heartbeats", heartbeat("n1")));
  }

  @Test
  void aNodeSpeaksForItselfAlone() throws Exception {
    assertProblem(403, "forbidden", post(own(), "heartbeats", heartbeat("n2")));
  }

  @Test
  void aRevokedAndAnUnknownNodeAreRefused() throws Exception {
    TestNode other = TestNode.fresh();
    var authority = context.getBean(CertificateAuthority.class);
    for (String id : new String[] {"n3", "n4"}) {
      if (id.equals("n3")) {
        context.getBean(Registry.class).enrol(id, "s1", Instant.now());
        context.getBean(Registry.class).revoke(id);
      }
      NodeCertificate theirs =
          authority.sign(
              id,
              "s1",
              (CertificateRequest.Proven) CertificateRequest.read(other.request()),
              Instant.now());
      assertProblem(
          403, "forbidden", post(client(other.keyStore(theirs)), "heartbeats", heartbeat(id)));
    }
  }

  @Test
  void eachPathIsAtItsOwnDoorAlone() throws Exception {
    assertProblem(404, "not-found", get(own(), door() + "/admin/v1/nodes"));
    assertProblem(404, "not-found", get(own(), main() + "/oca/v1/config"));
    assertProblem(401, "unauthenticated", get(own(), main() + "/admin/v1/nodes"));
    assertProblem(404, "not-found", get(own(), door() + "/oca/v1/nothing"));
  }

  @Test
  void whatIsMalformedOrTooLargeIsRefused() throws Exception {
    assertProblem(400, "malformed", post(own(), "heartbeats", "{\"nodeId\":"));
    assertProblem(
        400,
        "malformed",
        post(own(), "heartbeats", heartbeat("n1").replaceFirst("\\[\\{.*?}]", "[null]")));
    assertProblem(
        400,
        "invalid",
        post(
            own(), "heartbeats", heartbeat("n1").replace("\"storeBytes\":1", "\"storeBytes\":-1")));
    assertProblem(413, "body-too-large", post(own(), "heartbeats", " ".repeat(66_000)));
    assertProblem(400, "malformed", post(own(), "certificates", " ".repeat(66_000)));
    assertProblem(413, "body-too-large", post(own(), "certificates", " ".repeat(600_000)));
    assertProblem(
        400,
        "invalid",
        post(
            own(),
            "sources",
            "{\"titleId\":\"t\",\"packageVersion\":\"p\",\"paths\":[\"../secret\"]}"));
    assertProblem(
        403,
        "forbidden",
        post(
            own(),
            "sources",
            "{\"titleId\":\"t\",\"packageVersion\":\"p\",\"paths\":[\"v720/init.mp4\"]}"));
  }

  @Test
  void routesAreTakenOfTheirOwnNodeAlone() throws Exception {
    String page =
        """
        {"nodeId":"n1","routesVersion":7,"page":0,"pages":1,
         "prefixes":[{"prefix":"0.0.0.0/0","asPath":[64500]}]}\
        """;

    assertEquals(204, put("routes", page).statusCode());
    assertProblem(403, "forbidden", put("routes", page.replace("n1", "n2")));
    assertProblem(400, "invalid", put("routes", page.replace("\"pages\":1", "\"pages\":0")));
    assertProblem(400, "malformed", put("routes", page.replace("[{", "[null,{")));
    assertProblem(400, "malformed", put("routes", page.replace("prefixes", "none")));
    assertProblem(400, "malformed", put("routes", page.replace("64500", "1e99")));
  }

  @Test
  void olderTlsIsRefused() throws Exception {
    assertEquals(new TlsHello.Agreed(), TlsHello.say(port(), TlsHello.TLS_1_2));
    assertEquals(TlsHello.PROTOCOL_VERSION, TlsHello.say(port(), TlsHello.TLS_1_1));
    assertEquals(TlsHello.PROTOCOL_VERSION, TlsHello.say(port(), TlsHello.TLS_1_0));
  }

  private static void assertProblem(int status, String type, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(
        answer
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("application/problem+json"));
    JsonNode problem = JSON.readTree(answer.body());
    assertEquals("urn:tributary:problem:" + type, problem.get("type").asString());
    assertEquals(status, problem.get("status").asInt());
    assertTrue(problem.has("retryable"));
  }

  private static String heartbeat(String id) {
    return """
    {"nodeId":"%s","incarnation":1,"sequence":1,"sentAt":"2026-01-01T00:00:00Z",
     "softwareVersion":"0","endpoints":[{"scheme":"http","host":"127.0.0.1","port":80}],
     "condition":"ok","conditionReason":null,
     "capacity":{"egressBitsPerSecond":1,"storeBytes":1,"connections":1},
     "load":{"egressBitsPerSecond":0,"connections":0,"storeBytes":0,"fillBitsPerSecond":0},
     "configVersion":0,"contentVersion":0,"revocationVersion":0,"inventoryDigest":"",
     "packagesHeld":0,"routesVersion":0,"aFieldOfTomorrow":true}\
    """
        .formatted(id);
  }

  private static String door() {
    return "https://127.0.0.1:" + port();
  }

  private static int port() {
    return context.getBean(NodeDoor.class).port();
  }

  private static String main() {
    return "http://127.0.0.1:"
        + Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
            .getPort();
  }

  private static HttpClient own() throws Exception {
    return client(node.keyStore(certificate));
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> send(String encoding, byte[] body) throws Exception {
    return own()
        .send(
            HttpRequest.newBuilder(URI.create(door() + "/oca/v1/heartbeats"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofString());
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static HttpResponse<String> post(HttpClient client, String path, String body)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(door() + "/oca/v1/" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> put(String path, String body) throws Exception {
    return own()
        .send(
            HttpRequest.newBuilder(URI.create(door() + "/oca/v1/" + path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  private static HttpClient client(@Nullable KeyStore keys) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(context(keys))
        .build();
  }

  private static SSLContext context(@Nullable KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "authority", context.getBean(CertificateAuthority.class).certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    key.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : key.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
