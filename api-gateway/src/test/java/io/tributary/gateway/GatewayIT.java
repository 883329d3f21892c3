package io.tributary.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.tributary.contracts.context.AnswerMarks;
import io.tributary.gateway.doors.AdminDoor;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
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
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole gateway on real sockets, with replicas behind it that fail as told. */
class GatewayIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The gateway passes on its first bytes before its last ones are here. */
  private static final int LONGER_THAN_HELD = 1_000_000;

  @TempDir static Path folder;
  private static ECKey key;
  private static Replica first;
  private static Replica second;
  private static Replica owner;
  private static ConfigurableApplicationContext gateway;
  private static String publicDoor;
  private static String adminDoor;

  @BeforeAll
  static void start() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("local").generate();
    Files.writeString(folder.resolve("key.jwk"), key.toJSONString());
    Files.writeString(folder.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
    first = new Replica();
    second = new Replica();
    owner = new Replica();
    gateway =
        GatewayRun.start(
            "local",
            folder,
            "--gateway.local-issuer-key-file=" + folder.resolve("key.jwk"),
            "--gateway.upstreams.playback=" + first.url() + "," + second.url(),
            "--gateway.upstreams.playback-admin=" + gone() + "," + owner.url(),
            "--gateway.upstreams.media-pipeline=" + owner.url(),
            "--gateway.connections.max=64",
            "--gateway.connections.head-timeout=500ms",
            // A sound replica may be slow for a second on a busy machine.
            "--gateway.routing.attempt-timeout=3s",
            "--gateway.routing.request-timeout=7s",
            "--gateway.routing.cool-down=10ms",
            "--gateway.routing.max-cool-down=10ms");
    publicDoor = "http://127.0.0.1:" + gateway.getEnvironment().getProperty("local.server.port");
    adminDoor = "http://127.0.0.1:" + gateway.getBean(AdminDoor.class).port();
    // The first request loads classes for seconds on a busy machine: not what timeouts are for.
    for (int i = 0; i < 4; i++) {
      get("/api/v1/titles");
    }
  }

  /** Where a replica was, and nobody is. */
  private static URI gone() throws IOException {
    try (Replica shortLived = new Replica()) {
      return shortLived.url();
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
    first.close();
    second.close();
    owner.close();
  }

  @BeforeEach
  @Timeout(60)
  void heal() throws Exception {
    first.behave(Replica.OK);
    second.behave(Replica.OK);
    // One that failed in the last test is in its turn again once it has answered.
    while (first.seen().isEmpty() || second.seen().isEmpty()) {
      get("/api/v1/titles");
    }
    first.behave(Replica.OK);
    second.behave(Replica.OK);
    owner.behave(Replica.OK);
  }

  @Nested
  class Routing {
    @Test
    void replicasTakeTurns() throws Exception {
      for (int i = 0; i < 4; i++) {
        assertEquals(200, get("/api/v1/titles?cursor=a%20b").statusCode());
      }
      assertEquals(2, first.seen().size());
      assertEquals(2, second.seen().size());
      assertEquals("/api/v1/titles?cursor=a%20b", first.seen().getFirst().uri());
    }

    @Test
    void aReplicaThatDiesBeforeItsFirstByteIsNotNoticed() throws Exception {
      first.behave(Replica.DIES);
      for (int i = 0; i < 4; i++) {
        HttpResponse<String> answer =
            send(to(publicDoor, "/api/v1/playbacks").POST(BodyPublishers.ofString("{\"a\":1}")));
        assertEquals(200, answer.statusCode(), answer.body());
      }
      assertThat(second.seen()).hasSize(4).allMatch(request -> request.body().equals("{\"a\":1}"));
    }

    @Test
    void allTriesOfOnePlayCarryOneKey_theClientsIfItSentOne() throws Exception {
      List<String> keys = new ArrayList<>();
      for (String own : List.of("", "", "mine")) {
        first.behave(Replica.DIES);
        second.behave(Replica.DIES);
        HttpRequest.Builder press =
            to(publicDoor, "/api/v1/playbacks").POST(BodyPublishers.ofString("{}"));
        assertEquals(
            503, send(own.isEmpty() ? press : press.header("Idempotency-Key", own)).statusCode());
        assertThat(first.seen()).isNotEmpty();
        assertThat(second.seen()).isNotEmpty();
        List<String> tries =
            Stream.concat(first.seen().stream(), second.seen().stream())
                .map(request -> request.headers().getFirst("Idempotency-Key"))
                .toList();
        assertThat(tries).hasSize(3).containsOnly(tries.getFirst());
        keys.add(tries.getFirst());
      }
      assertThat(keys).doesNotHaveDuplicates().doesNotContainNull().endsWith("mine");
      first.behave(Replica.OK);
      second.behave(Replica.OK);
      get("/api/v1/titles");
      assertThat(first.seen().isEmpty() ? second.seen() : first.seen())
          .allMatch(request -> !request.headers().containsKey("Idempotency-Key"));
    }

    @Test
    void aReplicaThatIsGoneIsNotNoticed() throws Exception {
      for (int i = 0; i < 4; i++) {
        HttpRequest.Builder request = to(adminDoor, "/admin/v1/titles");
        assertEquals(200, send(request.header("Authorization", operator())).statusCode());
      }
      assertEquals(4, owner.seen().size());
    }

    @Test
    void aReplicaThatSaysNothingIsLeftAfterAWhile() throws Exception {
      first.freeze();
      for (int i = 0; i < 2; i++) {
        assertEquals(200, get("/api/v1/titles").statusCode());
      }
      assertEquals(2, second.seen().size());
    }

    @Test
    void whenNobodyAnswersInTime_thenTimeout() throws Exception {
      first.freeze();
      second.freeze();
      assertProblem(get("/api/v1/titles"), 504, "timeout", true);
    }

    @Test
    void whenAllDie_thenUnavailable_afterBoundedTries() throws Exception {
      first.behave(Replica.DIES);
      second.behave(Replica.DIES);
      HttpResponse<String> answer = get("/api/v1/titles");
      assertProblem(answer, 503, "unavailable", true);
      assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
      // The one that was asked first is asked again: it may have closed an idle connection.
      assertEquals(3, first.seen().size() + second.seen().size());
    }

    @Test
    void aServiceWithoutReplicasIsUnavailable() throws Exception {
      assertProblem(
          send(to(adminDoor, "/admin/v1/nodes").header("Authorization", operator())),
          503,
          "unavailable",
          true);
    }

    @Test
    void anOwnersOwnProblemPassesAsItIs() throws Exception {
      Replica.Behaviour refuses =
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "http://evil");
            exchange.getResponseHeaders().set("Tributary-Account", "leak");
            Replica.send(exchange, 404, "{\"type\":\"urn:tributary:problem:not-found\"}");
          };
      first.behave(refuses);
      second.behave(refuses);
      HttpResponse<String> answer = get("/api/v1/manifests/token/main.m3u8");
      assertEquals(404, answer.statusCode());
      assertEquals("{\"type\":\"urn:tributary:problem:not-found\"}", answer.body());
      assertEquals(List.of("*"), answer.headers().allValues("Access-Control-Allow-Origin"));
      assertThat(answer.headers().firstValue("Tributary-Account")).isEmpty();
    }

    @Test
    void aReplicaThatDiesInMidAnswerIsNotNoticed() throws Exception {
      first.behave(exchange -> Replica.breakOff(exchange, 100_000));
      for (int i = 0; i < 4; i++) {
        HttpResponse<String> answer = get("/api/v1/titles");
        assertEquals(200, answer.statusCode());
        assertEquals("ok", answer.body());
      }
      assertThat(first.seen()).isNotEmpty();
    }

    @Test
    void aReplicaThatFreezesInMidAnswerIsLeftAfterAWhile() throws Exception {
      CountDownLatch isOver = new CountDownLatch(1);
      first.behave(exchange -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(new byte[100_000]);
        exchange.getResponseBody().flush();
        isOver.await();
        exchange.close();
      });
      try {
        for (int i = 0; i < 2; i++) {
          assertEquals("ok", get("/api/v1/titles").body());
        }
        assertThat(first.seen()).isNotEmpty();
      } finally {
        isOver.countDown();
      }
    }

    @Test
    void aLongAnswerComesWhole() throws Exception {
      String body = "0123456789".repeat(LONGER_THAN_HELD / 10);
      first.behave(exchange -> Replica.send(exchange, 200, body));
      second.behave(exchange -> Replica.send(exchange, 200, body));
      assertEquals(body, get("/api/v1/manifests/token/main.m3u8").body());
    }

    @Test
    void aLongAnswerThatBreaksOffIsCut_andNoLogHoldsItsPlayToken() throws Exception {
      first.behave(exchange -> Replica.breakOff(exchange, LONGER_THAN_HELD));
      second.behave(exchange -> Replica.breakOff(exchange, LONGER_THAN_HELD));
      try (Logs logs = new Logs()) {
        assertThatThrownBy(() -> get("/api/v1/manifests/SECRET/main.m3u8"))
            .isInstanceOf(IOException.class);
        logs.await("state=broken-off");
        assertThat(logs.text()).contains("/manifests/…").doesNotContain("SECRET");
      }
    }

    @Test
    void whatOneReplicaDoesNotKnowWhileItsStoreIsAway_anotherIsAsked() throws Exception {
      first.behave(GatewayIT::doesNotKnow);
      for (int i = 0; i < 4; i++) {
        HttpResponse<String> answer =
            send(to(publicDoor, "/api/v1/playbacks").POST(BodyPublishers.ofString("{\"a\":1}")));
        assertEquals(200, answer.statusCode(), answer.body());
        assertThat(answer.headers().map()).doesNotContainKeys("Retry-After", "Content-Language");
      }
      assertThat(second.seen()).hasSize(4).allMatch(request -> request.body().equals("{\"a\":1}"));
      assertThat(first.seen()).hasSize(2);
    }

    @Test
    void whatNoReplicaKnows_isAskedOfEachOnce() throws Exception {
      first.behave(GatewayIT::doesNotKnow);
      second.behave(GatewayIT::doesNotKnow);
      HttpResponse<String> answer = get("/api/v1/titles");
      assertProblem(answer, 503, "unavailable", true);
      assertEquals(List.of("1"), answer.headers().allValues("Retry-After"));
      assertThat(answer.headers().firstValue(AnswerMarks.NOT_KNOWN_HERE)).isEmpty();
      assertEquals(2, first.seen().size() + second.seen().size());
    }

    /** Every other 503 may come after something was done. */
    @Test
    void aRefusalThatSaysNothingOfOthersPassesAsItIs() throws Exception {
      first.behave(exchange -> Replica.send(exchange, 503, "mine"));
      second.behave(exchange -> Replica.send(exchange, 503, "mine"));
      assertEquals("mine", get("/api/v1/titles").body());
      assertEquals(1, first.seen().size() + second.seen().size());
    }

    @Test
    void aPostOfAnOperatorIsNotRepeatedOnceItMayHaveBeenDone() throws Exception {
      owner.behave(Replica.DIES);
      assertProblem(
          send(
              to(adminDoor, "/admin/v1/ingests")
                  .header("Authorization", operator())
                  .POST(BodyPublishers.ofString("{}"))),
          503,
          "unavailable",
          true);
      assertEquals(1, owner.seen().size());
    }
  }

  @Nested
  class Identity {
    @Test
    void aViewersTokenBecomesTheContext_andForgedContextIsRemoved() throws Exception {
      send(
          to(publicDoor, "/api/v1/titles")
              .header("Authorization", "Bearer " + token("viewer"))
              .header("Tributary-Account", "someone-else")
              .header("X-Forwarded-For", "1.2.3.4"));
      var headers = new ArrayList<>(first.seen());
      headers.addAll(second.seen());
      assertEquals(List.of("demo"), headers.getFirst().headers().get("Tributary-Account"));
      assertEquals(
          List.of("127.0.0.1"), headers.getFirst().headers().get("Tributary-Client-Address"));
      assertThat(headers.getFirst().headers()).doesNotContainKey("X-Forwarded-For");
    }

    @Test
    void withoutATokenAViewerIsAnonymous_butABadTokenIsRefused() throws Exception {
      assertEquals(200, get("/api/v1/titles").statusCode());
      HttpResponse<String> bad =
          send(to(publicDoor, "/api/v1/titles").header("Authorization", "Bearer x.y.z"));
      assertProblem(bad, 401, "unauthenticated", false);
      assertThat(bad.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("error=\"invalid_token\"");
    }

    @Test
    void aPositionNeedsAToken() throws Exception {
      assertProblem(
          send(to(publicDoor, "/api/v1/playbacks/p/position").PUT(BodyPublishers.ofString("{}"))),
          401,
          "unauthenticated",
          false);
    }

    @Test
    void manifestsNeedNone() throws Exception {
      assertEquals(200, get("/api/v1/manifests/token/main.m3u8").statusCode());
    }

    @Test
    void theAdminDoorIsForOperators() throws Exception {
      assertProblem(send(to(adminDoor, "/admin/v1/titles")), 401, "unauthenticated", false);
      assertProblem(
          send(
              to(adminDoor, "/admin/v1/titles")
                  .header("Authorization", "Bearer " + token("viewer"))),
          403,
          "forbidden",
          false);
      assertEquals(
          200,
          send(to(adminDoor, "/admin/v1/titles").header("Authorization", operator())).statusCode());
    }

    @Test
    void theLocalIssuerGivesAViewersTokenThatIsGoodHere() throws Exception {
      HttpResponse<String> issued =
          send(
              to(publicDoor, "/auth/local/token")
                  .POST(BodyPublishers.ofString("{\"account\":\"demo\"}")));
      assertEquals(200, issued.statusCode(), issued.body());
      JsonNode body = JSON.readTree(issued.body());
      assertThat(Instant.parse(body.get("expiresAt").stringValue())).isAfter(Instant.now());
      String bearer = "Bearer " + body.get("token").stringValue();
      assertEquals(
          200, send(to(publicDoor, "/api/v1/titles").header("Authorization", bearer)).statusCode());
      assertEquals(
          403,
          send(to(adminDoor, "/admin/v1/titles").header("Authorization", bearer)).statusCode());
    }

    @Test
    void theLocalIssuerSaysWhatIsWrong() throws Exception {
      for (Map.Entry<String, String> bad :
          Map.of(
                  "{",
                  "malformed",
                  "",
                  "invalid",
                  "{\"account\":7}",
                  "invalid",
                  "{\"account\":\"\"}",
                  "invalid")
              .entrySet()) {
        assertProblem(
            send(to(publicDoor, "/auth/local/token").POST(BodyPublishers.ofString(bad.getKey()))),
            400,
            bad.getValue(),
            false);
      }
    }
  }

  @Nested
  class Doors {
    @Test
    void noDoorHasTheOthersPaths() throws Exception {
      assertProblem(
          send(to(publicDoor, "/admin/v1/titles").header("Authorization", operator())),
          404,
          "not-found",
          false);
      assertProblem(
          send(to(adminDoor, "/api/v1/titles").header("Authorization", operator())),
          404,
          "not-found",
          false);
      assertEquals(404, send(to(adminDoor, "/")).statusCode());
      assertThat(owner.seen()).isEmpty();
    }

    @Test
    void traversalCrossesNoDoor() throws Exception {
      for (String path :
          List.of(
              "/api/v1/manifests/../../../admin/v1/titles",
              "/api/v1/manifests/%2e%2e/%2e%2e/%2e%2e/admin/v1/titles",
              "/api/v1/manifests/..%2f..%2f..%2fadmin/v1/titles",
              "/api/v1/manifests/..%5c..%5cadmin")) {
        assertThat(rawStatusLine(path)).as(path).startsWith("HTTP/1.1 400");
      }
      assertThat(first.seen()).isEmpty();
      assertThat(second.seen()).isEmpty();
    }

    @Test
    void everyErrorIsAProblem() throws Exception {
      assertProblem(get("/nothing"), 404, "not-found", false);
      HttpResponse<String> wrong = send(to(publicDoor, "/api/v1/titles").DELETE());
      assertProblem(wrong, 405, "method-not-allowed", false);
      assertEquals("GET, HEAD", wrong.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    void aHeadThatCannotBeReadIsAProblemToo() throws Exception {
      for (String door : List.of(publicDoor, adminDoor)) {
        for (String head :
            List.of(
                "no http\r\n\r\n",
                "GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n")) {
          String answer = raw(door, head);
          assertThat(answer)
              .startsWith("HTTP/1.1 400 ")
              .containsIgnoringCase("content-type: application/problem+json")
              .contains("\"type\":\"urn:tributary:problem:malformed\"");
        }
      }
    }

    /** Every byte resets the idle timeout, so that one cannot help here. */
    @Test
    void aHeadThatComesAByteAtATimeIsNotWaitedFor() throws Exception {
      for (String door : List.of(publicDoor, adminDoor)) {
        try (Socket socket = connect(door)) {
          assertThatThrownBy(
                  () -> {
                    OutputStream out = socket.getOutputStream();
                    out.write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                    for (int i = 0; i < 600; i++) {
                      Thread.sleep(50);
                      out.write('y');
                    }
                  })
              .isInstanceOf(IOException.class);
        }
      }
    }

    @Test
    void theNextRequestOfAConnectionHasItsOwnTime() throws Exception {
      try (Socket socket = connect(publicDoor)) {
        OutputStream out = socket.getOutputStream();
        byte[] request =
            "HEAD /style.css HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (int i = 0; i < 3; i++) {
          out.write(request);
          assertEquals("HTTP/1.1 200 OK", in.readLine());
          while (!in.readLine().isEmpty()) {}
          Thread.sleep(700);
        }
      }
    }

    @Test
    void moreConnectionsThanMayBeAreClosed() throws Exception {
      List<Socket> open = new ArrayList<>();
      try {
        for (int i = 0; i < 70; i++) {
          open.add(connect(adminDoor));
        }
        int closed = 0;
        for (Socket socket : open) {
          socket.setSoTimeout(100);
          try {
            closed += socket.getInputStream().read() == -1 ? 1 : 0;
          } catch (SocketTimeoutException stillOpen) {
            // As it should be for the first ones.
          } catch (IOException reset) {
            closed++;
          }
        }
        assertThat(closed).isBetween(6, 69);
      } finally {
        for (Socket socket : open) {
          socket.close();
        }
      }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeAnyoneSeesIt() throws Exception {
      String large = "x".repeat(65_537);
      assertProblem(
          send(to(publicDoor, "/api/v1/playbacks").POST(BodyPublishers.ofString(large))),
          413,
          "body-too-large",
          false);
      assertProblem(
          send(
              to(publicDoor, "/api/v1/playbacks")
                  .POST(
                      BodyPublishers.ofInputStream(
                          () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))),
          413,
          "body-too-large",
          false);
      assertThat(first.seen()).isEmpty();
      assertThat(second.seen()).isEmpty();
    }

    @Test
    void aPartOfAFileStreamsThrough() throws Exception {
      String part = "0123456789abcdef".repeat(200_000);
      HttpResponse<String> answer =
          send(
              to(adminDoor, "/admin/v1/ingests/i1/parts/1")
                  .header("Authorization", operator())
                  .PUT(BodyPublishers.ofString(part)));
      assertEquals(200, answer.statusCode());
      assertEquals(part, owner.seen().getFirst().body());
    }

    @Test
    void otherOriginsMayUseThePublicApi_withoutCookies() throws Exception {
      HttpResponse<String> preflight =
          send(
              to(publicDoor, "/api/v1/playbacks")
                  .header("Origin", "https://app.example")
                  .header("Access-Control-Request-Method", "POST")
                  .header("Access-Control-Request-Headers", "authorization,content-type")
                  .method("OPTIONS", BodyPublishers.noBody()));
      assertEquals(204, preflight.statusCode());
      assertEquals("*", header(preflight, "Access-Control-Allow-Origin"));
      assertEquals("POST", header(preflight, "Access-Control-Allow-Methods"));
      assertEquals(
          "Authorization, Content-Type, Idempotency-Key",
          header(preflight, "Access-Control-Allow-Headers"));
      assertEquals("7200", header(preflight, "Access-Control-Max-Age"));
      assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      assertEquals("*", header(get("/api/v1/titles"), "Access-Control-Allow-Origin"));
    }

    @Test
    void otherOriginsMayNotSignIn() throws Exception {
      HttpResponse<String> preflight =
          send(
              to(publicDoor, "/auth/local/token")
                  .header("Origin", "https://app.example")
                  .header("Access-Control-Request-Method", "POST")
                  .method("OPTIONS", BodyPublishers.noBody()));
      HttpResponse<String> answer =
          send(
              to(publicDoor, "/auth/local/token")
                  .header("Origin", "https://app.example")
                  .POST(BodyPublishers.ofString("{\"account\":\"demo\"}")));
      assertEquals(204, preflight.statusCode());
      assertEquals(200, answer.statusCode());
      for (HttpResponse<String> response : List.of(preflight, answer)) {
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).isEmpty();
      }
    }

    @Test
    void thePageComesWithItsPolicy_andIsRevalidated() throws Exception {
      HttpResponse<String> page = get("/");
      assertEquals(200, page.statusCode());
      assertThat(page.body()).contains("<video id=\"player\"");
      assertThat(header(page, "Content-Security-Policy")).contains("worker-src 'self' blob:");
      assertEquals("nosniff", header(page, "X-Content-Type-Options"));
      assertEquals(
          304,
          send(to(publicDoor, "/").header("If-None-Match", header(page, "ETag"))).statusCode());
      assertEquals(200, get("/main.js").statusCode());
      assertEquals(200, get("/style.css").statusCode());
    }

    @Test
    void readinessIsUpWithEveryServiceDown_onTheManagementPortAlone() throws Exception {
      String management =
          "http://127.0.0.1:" + gateway.getEnvironment().getProperty("local.management.port");
      assertEquals(200, send(to(management, "/actuator/health/readiness")).statusCode());
      assertEquals(200, send(to(management, "/actuator/prometheus")).statusCode());
      assertEquals(404, get("/actuator/health/readiness").statusCode());
    }
  }

  private static void doesNotKnow(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/problem+json");
    headers.set("Content-Language", "en");
    headers.set("Retry-After", "1");
    headers.set(AnswerMarks.NOT_KNOWN_HERE, "true");
    Replica.send(
        exchange,
        503,
        """
        {"type":"urn:tributary:problem:unavailable","status":503,"detail":"away","retryable":true}\
        """);
  }

  private static HttpRequest.Builder to(String door, String path) {
    return HttpRequest.newBuilder(URI.create(door + path)).timeout(Duration.ofSeconds(20));
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(to(publicDoor, path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static void assertProblem(
      HttpResponse<String> answer, int status, String type, boolean retryable) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/problem+json", header(answer, "Content-Type"));
    JsonNode body = JSON.readTree(answer.body());
    assertEquals("urn:tributary:problem:" + type, body.get("type").stringValue());
    assertEquals(status, body.get("status").intValue());
    assertEquals(retryable, body.get("retryable").booleanValue());
    assertThat(body.get("detail").stringValue()).isNotEmpty();
  }

  /** Java's client tidies paths; an attacker does not. */
  private static String rawStatusLine(String path) throws IOException {
    return raw(publicDoor, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        .lines()
        .findFirst()
        .orElse("");
  }

  private static String raw(String door, String request) throws IOException {
    try (Socket socket = connect(door)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static Socket connect(String door) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(door).getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String operator() {
    return "Bearer " + token("operator");
  }

  private static String token(String role) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
              new JWTClaimsSet.Builder()
                  .issuer(GatewayRun.ISSUER)
                  .audience("tributary")
                  .subject("demo")
                  .claim("roles", List.of(role))
                  .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                  .build());
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
