package io.tributary.description;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.tributary.contracts.media.PackageRef;
import io.tributary.controlplane.fill.S3SourceSigner;
import io.tributary.playback.catalogue.ObjectStoreConfig;
import io.tributary.playback.catalogue.S3ManifestSource;
import io.tributary.settings.ObjectStoreCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.slf4j.LoggerFactory;

/**
 * Real processes at DEBUG, which says all that INFO says, with every endpoint exposed, started and
 * used: no secret and no token is in what they log or show.
 */
class SecretsIT {
  static final List<SettingsTable> TABLES = SettingsPage.tables();

  /** What Boot and Spring Cloud have; most would show settings or memory. */
  private static final List<String> ENDPOINTS =
      List.of(
          "env",
          "configprops",
          "heapdump",
          "threaddump",
          "beans",
          "conditions",
          "mappings",
          "loggers",
          "metrics",
          "httpexchanges",
          "sbom",
          "gateway",
          "gateway/routes",
          "refresh",
          "shutdown",
          "logfile",
          "caches",
          "scheduledtasks",
          "startup");

  @TempDir static Path folder;
  private static FleetSecrets secrets;
  private static HttpServer behind;

  @BeforeAll
  static void make() throws Exception {
    secrets = FleetSecrets.in(folder);
    behind = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    behind.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    behind.start();
  }

  @AfterAll
  static void end() {
    behind.stop(0);
  }

  @ParameterizedTest
  @FieldSource("TABLES")
  void nothing_that_a_service_says_or_shows_has_a_secret(SettingsTable table) throws Exception {
    Map<String, String> variables = new HashMap<>(secrets.variables(table));
    variables.put("LOGGING_LEVEL_ROOT", "DEBUG");
    variables.put("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "*");
    variables.put("MANAGEMENT_ENDPOINT_ENV_SHOWVALUES", "ALWAYS");
    variables.computeIfPresent("GATEWAY_UPSTREAMS_PLAYBACK", (name, nobody) -> urlOfBehind());
    List<String> hidden = new ArrayList<>(secrets.all().values());
    String shown;
    String log;
    try (ServiceProcess process = new ServiceProcess(table.service(), folder, variables)) {
      process.awaitReady();
      shown = shownByManagement(process);
      hidden.addAll(use(table.service(), process));
      process.end();
      log = process.log();
    }

    assertThat(log).as("it was at DEBUG").contains(" DEBUG ");
    assertThat(hidden)
        .allSatisfy(secret -> assertThat(linesWith(secret, log)).as("log of %s", table).isEmpty())
        .allSatisfy(secret -> assertThat(shown).doesNotContain(secret));
  }

  /** What its own management answers; it must have nothing but what probes and Prometheus need. */
  private static String shownByManagement(ServiceProcess process) throws Exception {
    StringBuilder shown = new StringBuilder();
    String actuator = process.management() + "/actuator";
    for (String path : List.of("", "/health", "/health/readiness", "/info", "/prometheus")) {
      var answer = ServiceProcess.get(actuator + path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      shown.append(answer.body()).append('\n');
    }
    for (String endpoint : ENDPOINTS) {
      var answer = ServiceProcess.get(actuator + "/" + endpoint);
      assertThat(answer.statusCode()).as(endpoint).isEqualTo(404);
      shown.append(answer.body()).append('\n');
    }
    return shown.toString();
  }

  /** Uses each door with tokens; answers what of them must be seen nowhere. */
  private static List<String> use(ConfiguredService service, ServiceProcess process)
      throws Exception {
    String viewer = secrets.bearerToken("viewer");
    String operator = secrets.bearerToken("operator");
    List<String> tokens = new ArrayList<>(List.of(signature(viewer), signature(operator)));
    String main = process.main();
    switch (service) {
      case API_GATEWAY -> {
        ServiceProcess.send("GET", main + "/api/v1/titles", "", viewer);
        ServiceProcess.send("POST", main + "/api/v1/playbacks", "{\"titleId\":\"demo\"}", viewer);
        ServiceProcess.get(main + "/api/v1/manifests/" + secrets.playToken() + "/main.m3u8");
        ServiceProcess.send("GET", "http://" + process.second() + "/admin/v1/titles", "", operator);
        var issued =
            ServiceProcess.send("POST", main + "/auth/local/token", "{\"account\":\"me\"}", viewer);
        assertThat(issued.statusCode()).isEqualTo(200);
        tokens.add(issued.body().replaceAll(".*\"token\":\"[^\"]+\\.([^\"]+)\".*", "$1"));
      }
      case PLAYBACK_SERVICE -> {
        ServiceProcess.send("GET", main + "/api/v1/titles", "", viewer);
        ServiceProcess.send("POST", main + "/api/v1/playbacks", "{\"titleId\":\"demo\"}", viewer);
        ServiceProcess.get(main + "/api/v1/manifests/" + secrets.playToken() + "/main.m3u8");
        ServiceProcess.send(
            "PUT",
            "http://" + process.second() + "/admin/v1/accounts/me",
            "{\"entitlements\":[\"*\"]}",
            operator);
      }
      case STEERING_SERVICE -> {
        ServiceProcess.send("POST", main + "/internal/v1/rankings", "{}", viewer);
        ServiceProcess.get(
            "http://" + process.second() + "/steering/v1/hls/" + secrets.playToken());
      }
      case OCA_CONTROL_PLANE -> {
        ServiceProcess.send("GET", main + "/admin/v1/nodes", "", operator);
        ServiceProcess.send(
            "POST",
            main + "/admin/v1/enrolment-tokens",
            "{\"nodeId\":\"n1\",\"siteId\":\"s1\"}",
            operator);
        enrol("https://" + process.second() + "/oca/v1/enrolments");
      }
      case OCA_NODE ->
          ServiceProcess.get(
              "http://" + process.second() + "/t/" + secrets.playToken() + "/demo/p1/v360/1.m4s");
      case MEDIA_PIPELINE ->
          ServiceProcess.send(
              "POST",
              main + "/admin/v1/ingests",
              "{\"titleId\":\"t\",\"fileName\":\"f\",\"bytes\":1}",
              operator);
    }
    return tokens;
  }

  /** What a node sends first. */
  private static void enrol(String door) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var in = Files.newInputStream(secrets.file("authority.pem"))) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    try (HttpClient node = HttpClient.newBuilder().sslContext(tls).build()) {
      int status =
          node.send(
                  HttpRequest.newBuilder(URI.create(door))
                      .header("Content-Type", "application/json")
                      .POST(
                          BodyPublishers.ofString(
                              "{\"token\":\""
                                  + secrets.enrolmentToken()
                                  + "\",\"certificateRequest\":\"none\"}"))
                      .build(),
                  BodyHandlers.ofString())
              .statusCode();
      assertThat(status).as("of an enrolment").isBetween(400, 503);
    }
  }

  /**
   * The library that signs requests, at DEBUG in this process: no service asks a store at its
   * start.
   */
  @Test
  void the_object_stores_client_logs_no_key_and_no_signed_url() throws IOException {
    Path file = secrets.file("object-store.properties");
    ObjectStoreCredentials credentials = ObjectStoreCredentials.in(file);
    URI endpoint = URI.create(urlOfBehind());
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.setLevel(Level.DEBUG);
    root.addAppender(log);
    String signed;
    try (var signer =
        new S3SourceSigner(
            new io.tributary.controlplane.fill.ObjectStoreConfig(
                endpoint, "us-east-1", file, "packages"),
            credentials)) {
      new S3ManifestSource(
              new ObjectStoreConfig(endpoint, "us-east-1", file, "packages"), credentials)
          .fetch("a/manifest.json");
      signed = signer.sign(new PackageRef("t", "p0123456789ab"), "a.m4s", Duration.ofMinutes(1));
    } finally {
      root.detachAppender(log);
    }

    List<String> hidden = new ArrayList<>(secrets.all().values());
    hidden.add(signed.substring(signed.lastIndexOf('=') + 1));
    List<String> said = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(said).anyMatch(line -> line.contains("AWS4-HMAC-SHA256"));
    assertThat(hidden)
        .allSatisfy(secret -> assertThat(said).noneMatch(line -> line.contains(secret)));
  }

  private static String urlOfBehind() {
    return "http://127.0.0.1:" + behind.getAddress().getPort();
  }

  private static List<String> linesWith(String secret, String text) {
    return text.lines().filter(line -> line.contains(secret)).toList();
  }

  /** Without it a token is worth nothing. */
  private static String signature(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }
}
