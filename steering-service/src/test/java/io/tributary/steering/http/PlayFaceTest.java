package io.tributary.steering.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.steering.Ranking;
import io.tributary.contracts.steering.RankingRequest;
import io.tributary.contracts.steering.SteeredPlay;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.contentsteering.FaceConfig;
import io.tributary.steering.contentsteering.PlayStates;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.nearness.NearnessConfig;
import io.tributary.steering.nearness.NearnessFeed;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.SetAsideRecords;
import io.tributary.steering.snapshot.SnapshotFixture;
import io.tributary.token.KeySet;
import io.tributary.token.MediaGrant;
import io.tributary.token.MediaTokenSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The players' listener, over real connections. */
class PlayFaceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MEDIA = "/t/media-token_1/tears/p1/";

  /** As a manifest would have named them. */
  private static final SteeredPlay PLAY =
      new SteeredPlay(
          "192.0.2.0/24",
          List.of(
              new SteeredPlay.Pathway("path-2", "n2"),
              new SteeredPlay.Pathway("path-3", "n3"),
              new SteeredPlay.Pathway("path-1", "n1")));

  private final HttpClient http = HttpClient.newHttpClient();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ObservationRegistry observations = ObservationRegistry.create();
  private KeySet keys = KeySet.empty();
  private Replica first;
  private Replica second;

  /** One process of the service: its own memory, its own brain. */
  private final class Replica {
    private final Fleet fleet = new Fleet();
    private final List<DecisionSink.Decision> told = new ArrayList<>();
    private final PlayFace face;
    private final WebTestClient rankings;

    Replica(int seed) {
      InstantSource clock = InstantSource.fixed(NOW);
      NearnessFeed nearness =
          new NearnessFeed(NearnessConfig.DEFAULTS, fleet, Path.of("unused"), clock);
      SteeringBrain brain =
          new SteeringBrain(
              fleet,
              nearness,
              new NearnessRanker(RankingPolicy.DEFAULTS),
              new DecisionIds(new Random(seed)),
              List.of(told::add));
      FaceConfig config =
          new FaceConfig(
              "127.0.0.1",
              0,
              Path.of("unused"),
              FaceConfig.DEFAULT_TTL,
              FaceConfig.DEFAULT_CALM_TTL);
      face =
          new PlayFace(
              config,
              brain,
              new PlayStates(keys.publicOnly(), JSON, clock),
              metrics,
              observations,
              JSON,
              clock);
      rankings =
          WebTestClient.bindToRouterFunction(
                  SteeringRoutes.of(brain, fleet, nearness, new SetAsideRecords(), JSON, clock))
              .build();
      face.start();
    }

    private URI uri(String path) {
      return URI.create("http://127.0.0.1:" + face.port() + path);
    }
  }

  @BeforeEach
  void twoReplicas() throws JOSEException {
    keys =
        KeySet.parse(
            new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k1").generate()).toString(false));
    first = new Replica(1);
    second = new Replica(2);
    SnapshotFixture.fill(first.fleet, NOW);
    SnapshotFixture.fill(second.fleet, NOW);
  }

  @AfterEach
  void stop() {
    first.face.stop();
    second.face.stop();
    http.close();
  }

  @Test
  void givenTwoReplicas_whenEveryFaceIsAsked_thenAllTellTheOrderOfThePlaysManifest()
      throws Exception {
    assertEquals(List.of("n2", "n3", "n1"), orders(state(PLAY)));

    SnapshotFixture.judge(first.fleet, "n2", NodeHealth.DRAINING);
    SnapshotFixture.judge(second.fleet, "n2", NodeHealth.DRAINING);
    assertEquals(List.of("n3", "n1"), orders(state(PLAY)));
  }

  @Test
  void givenACalmFleet_whenAsked_thenThePlayerStaysAwayLongerThanWhenANodeIsOut() throws Exception {
    long calm = document(first, "hls", "").path("TTL").asLong();
    SnapshotFixture.judge(first.fleet, "n1", NodeHealth.UNHEALTHY);
    long amiss = document(first, "hls", "").path("TTL").asLong();

    assertThat(amiss).isLessThan(calm);
  }

  @Test
  void givenAnyAnswer_whenReadByAPage_thenItMayBeAndNoCacheKeepsIt() throws Exception {
    for (String path :
        List.of("/steering/v1/hls/" + state(PLAY), "/steering/v1/hls/forged", "/elsewhere")) {
      HttpResponse<String> answer = get(first, path);
      assertEquals("*", answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
      assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    }
    HttpResponse<String> preflight =
        http.send(
            HttpRequest.newBuilder(first.uri("/steering/v1/hls/x"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertEquals(204, preflight.statusCode());
    assertEquals(
        "GET, HEAD, OPTIONS",
        preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""));
  }

  @Test
  void givenAnAnswer_whenItsHeadersAreRead_thenItsRecordAndTheFactsAgeAreNamed() throws Exception {
    for (String path :
        List.of("hls/" + state(PLAY), "redirect/" + state(PLAY) + MEDIA + "v/1.m4s")) {
      HttpResponse<String> answer = get(first, "/steering/v1/" + path);
      assertEquals(
          first.told.getLast().record().get().decisionId(),
          answer.headers().firstValue("Tributary-Decision-Id").orElse(""));
      assertEquals("0", answer.headers().firstValue("Tributary-Snapshot-Age-Millis").orElse(""));
    }
  }

  @Test
  void givenAPlayThatIsOver_whenAsked_thenGoneAndThePlayerStopsAsking() throws Exception {
    String over = state(PLAY, keys, MediaGrant.STEERING_AUDIENCE, NOW);

    assertEquals(410, get(first, "/steering/v1/dash/" + over).statusCode());
  }

  @Test
  void givenAnothersToken_whenAsked_thenNotFound() throws Exception {
    KeySet others =
        KeySet.parse(
            new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k1").generate()).toString(false));
    Instant later = NOW.plusSeconds(60);
    String good = state(PLAY);
    for (String forged :
        List.of(
            state(PLAY, others, MediaGrant.STEERING_AUDIENCE, later),
            state(PLAY, keys, MediaGrant.MEDIA_AUDIENCE, later),
            state(new SteeredPlay("", List.of()), keys, MediaGrant.STEERING_AUDIENCE, later),
            state(
                new SteeredPlay("192.0.2.7/33", PLAY.pathways()),
                keys,
                MediaGrant.STEERING_AUDIENCE,
                later),
            good.substring(0, good.length() - 2) + "AA",
            "x",
            "%2e%2e")) {
      for (String face : List.of("hls/" + forged, "redirect/" + forged + MEDIA + "v/1.m4s")) {
        HttpResponse<String> answer = get(first, "/steering/v1/" + face);
        assertEquals(404, answer.statusCode(), face);
        assertThat(answer.body()).doesNotContain("127.0.0.1:");
      }
    }
    assertThat(first.told).isEmpty();
  }

  @Test
  void givenNoNodeThatMayBeNamed_whenAsked_thenUnavailableAndNever429() throws Exception {
    for (String nodeId : List.of("n1", "n2", "n3")) {
      SnapshotFixture.judge(first.fleet, nodeId, NodeHealth.REVOKED);
    }

    assertEquals(503, get(first, "/steering/v1/hls/" + state(PLAY)).statusCode());
  }

  @Test
  void givenNothingIsKnown_whenAsked_thenUnavailable() throws Exception {
    Replica fresh = new Replica(3);
    try {
      assertEquals(503, get(fresh, "/steering/v1/dash/" + state(PLAY)).statusCode());
    } finally {
      fresh.face.stop();
    }
  }

  @Test
  void givenARedirect_whenFollowed_thenItLeadsToTheSamePathAtTheBestNodeWithThePlayersWords()
      throws Exception {
    HttpResponse<String> answer =
        get(first, "/steering/v1/redirect/" + state(PLAY) + MEDIA + "v720/00001.m4s?CMCD=bl%3D1");

    assertEquals(302, answer.statusCode());
    assertEquals(
        base("n2") + MEDIA + "v720/00001.m4s?CMCD=bl%3D1",
        answer.headers().firstValue("Location").orElse(""));
  }

  @Test
  void givenAPathThatIsNotThePlays_whenRedirected_thenRefused() throws Exception {
    for (String path :
        List.of(
            "/t/token/tears/p2/v/1.m4s",
            "/t/token/other/p1/v/1.m4s",
            "/t/token/tears/p1/../../x",
            "/t/token/tears/p1/%2e%2e/x",
            "/t/token/tears/p1/",
            "/t//tears/p1/v/1.m4s",
            "/t/token/tears/p1/v//1.m4s",
            "//elsewhere.example/t/token/tears/p1/1.m4s",
            "")) {
      int status = get(first, "/steering/v1/redirect/" + state(PLAY) + path).statusCode();
      assertEquals(404, status, path);
    }
  }

  @Test
  void givenTwoNodesOfWhichOneIsALastResort_whenAsked_thenItIsNotCalm() throws Exception {
    SteeredPlay two = new SteeredPlay("", PLAY.pathways().subList(0, 2));
    JsonNode calm = document(first, two, "hls", "");
    SnapshotFixture.judge(first.fleet, "n3", NodeHealth.UNHEALTHY);

    JsonNode amiss = document(first, two, "hls", "");

    assertEquals(calm.path("PATHWAY-PRIORITY"), amiss.path("PATHWAY-PRIORITY"));
    assertThat(amiss.path("TTL").asLong()).isLessThan(calm.path("TTL").asLong());
    assertEquals(
        List.of(true, false),
        first.told.stream().map(DecisionSink.Decision::changesNothing).toList());
  }

  /** A laptop could fill a node so, and players do it that stay away from a node they distrust. */
  @Test
  void givenWhateverAPlayerSays_whenAsked_thenTheOrderIsTheSameAndNothingIsReserved()
      throws Exception {
    JsonNode silent = document(first, "hls", "");
    for (String words :
        List.of(
            "?_HLS_pathway=path-3&_HLS_throughput=500000",
            "?_DASH_pathway=%22path-3%2Cpath-2%22&_DASH_throughput=76888000%2C",
            "?_DASH_pathway=%22path-2%22&_DASH_throughput=",
            "?_HLS_pathway",
            "?&&=&",
            "?_HLS_pathway=" + "a".repeat(4_000))) {
      assertEquals(silent, document(first, "hls", words), words);
    }
    for (String nodeId : List.of("n1", "n2", "n3")) {
      assertEquals(0, first.fleet.loads().standing(nodeId, NOW).reservedBitsPerSecond());
    }
  }

  @Test
  void givenAQuestion_whenObserved_thenItsPatternIsATagAndNotItsState() throws Exception {
    List<String> observed = new CopyOnWriteArrayList<>();
    observations
        .observationConfig()
        .observationHandler(
            new ObservationHandler<>() {
              @Override
              public void onStop(Observation.Context context) {
                observed.add(context.getLowCardinalityKeyValues().toString());
              }

              @Override
              public boolean supportsContext(Observation.Context context) {
                return true;
              }
            });

    document(first, "dash", "");

    for (int tries = 0; observed.isEmpty() && tries < 500; tries++) {
      Thread.sleep(10); // it ends after its answer
    }
    assertThat(observed).hasSize(1);
    assertThat(observed.getFirst()).contains("/steering/v1/dash/{state}").contains("200");
  }

  @Test
  void givenAnUnknownKeyOrATimeToCome_whenAsked_thenThePlayerIsToComeAgain() throws Exception {
    KeySet others =
        KeySet.parse(
            new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k2").generate()).toString(false));

    String unknown = state(PLAY, others, MediaGrant.STEERING_AUDIENCE, NOW.plusSeconds(60));

    assertEquals(503, get(first, "/steering/v1/dash/" + unknown).statusCode());
  }

  @Test
  void givenAnswers_whenCounted_thenByFaceAndOutcome() throws Exception {
    document(first, "hls", "");
    get(first, "/steering/v1/dash/forged");

    assertEquals(1, answers("hls", "told"));
    assertEquals(1, answers("dash", "not-ours"));
  }

  @Test
  void givenRandomRequests_whenAsked_thenEachIsRefusedInWordsAndNoneIsABug() throws Exception {
    Random random = new Random(5);
    String good = state(PLAY);
    for (int i = 0; i < 300; i++) {
      StringBuilder path = new StringBuilder("/steering/v1/");
      path.append(List.of("hls/", "dash/", "redirect/", "").get(random.nextInt(4)));
      path.append(random.nextBoolean() ? good : good.substring(random.nextInt(good.length())));
      for (int j = random.nextInt(6); j > 0; j--) {
        path.append("/t?%&_HLS_pathway=\"".charAt(random.nextInt(18)));
      }
      String encoded = path.toString().replace("\"", "%22").replaceAll("%(?!22)", "%25");
      HttpResponse<String> answer = get(first, encoded);
      assertThat(answer.statusCode()).as(encoded).isIn(200, 302, 404, 405, 400);
    }
  }

  /** Each of them on the same few connections. */
  @Test
  void givenMoreQuestionsThanConnectionsAreAllowed_whenAsked_thenAllAreAnswered() throws Exception {
    String path = "/steering/v1/hls/" + state(PLAY);
    for (int i = 0; i < 5_100; i++) {
      assertEquals(200, get(first, path).statusCode());
    }
  }

  private double answers(String face, String outcome) {
    return metrics
        .get("tributary.steering.answers")
        .tags("face", face, "outcome", outcome)
        .counter()
        .count();
  }

  /** The one order that all four faces of both replicas tell. */
  private List<String> orders(String state) throws Exception {
    List<List<String>> orders = new ArrayList<>();
    for (Replica replica : List.of(first, second)) {
      orders.add(ranked(replica));
      orders.add(pathways(replica, "hls"));
      orders.add(pathways(replica, "dash"));
      String location =
          get(replica, "/steering/v1/redirect/" + state + MEDIA + "v/1.m4s")
              .headers()
              .firstValue("Location")
              .orElse("");
      assertEquals(base(orders.getFirst().getFirst()) + MEDIA + "v/1.m4s", location);
    }
    assertThat(orders).allMatch(orders.getFirst()::equals);
    return orders.getFirst();
  }

  private static List<String> ranked(Replica replica) {
    Ranking ranking =
        replica
            .rankings
            .post()
            .uri("/internal/v1/rankings")
            .bodyValue(
                new RankingRequest(
                    "play-1",
                    "tears",
                    "p1",
                    "192.0.2.9",
                    6,
                    null,
                    PLAY.pathways().stream().map(SteeredPlay.Pathway::node).toList()))
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(Ranking.class)
            .returnResult()
            .getResponseBody();
    return ranking == null
        ? List.of()
        : ranking.nodes().stream().map(Ranking.Node::nodeId).toList();
  }

  private List<String> pathways(Replica replica, String face) throws Exception {
    List<String> nodes = new ArrayList<>();
    for (JsonNode pathway : document(replica, face, "").path("PATHWAY-PRIORITY")) {
      PLAY.pathways().stream()
          .filter(one -> one.id().equals(pathway.asString()))
          .forEach(one -> nodes.add(one.node()));
    }
    return nodes;
  }

  private JsonNode document(Replica replica, String face, String query) throws Exception {
    return document(replica, PLAY, face, query);
  }

  private JsonNode document(Replica replica, SteeredPlay play, String face, String query)
      throws Exception {
    HttpResponse<String> answer = get(replica, "/steering/v1/" + face + "/" + state(play) + query);
    assertEquals(200, answer.statusCode());
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> get(Replica replica, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(replica.uri(path)).timeout(Duration.ofSeconds(10)).build(),
        BodyHandlers.ofString());
  }

  private String base(String nodeId) {
    return String.valueOf(
        Objects.requireNonNull(first.fleet.snapshot().nodes().get(nodeId)).baseUrl());
  }

  private String state(SteeredPlay play) {
    return state(play, keys, MediaGrant.STEERING_AUDIENCE, NOW.plusSeconds(3_600));
  }

  private static String state(
      SteeredPlay play, KeySet signers, String audience, Instant expiresAt) {
    return new MediaTokenSigner(signers)
        .sign(
            new MediaGrant(
                audience,
                "play-1",
                "/tears/p1/",
                NOW.minusSeconds(60),
                expiresAt,
                Map.of(SteeredPlay.CLAIM, JSON.writeValueAsString(play))));
  }
}
