package io.tributary.steering.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.steering.Ranking;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.explain.Recompute;
import io.tributary.steering.nearness.NearnessConfig;
import io.tributary.steering.nearness.NearnessFeed;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.SetAsideRecords;
import io.tributary.steering.snapshot.SnapshotFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import tools.jackson.databind.json.JsonMapper;

class SteeringRoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Fleet fleet = new Fleet();
  private final SetAsideRecords setAside = new SetAsideRecords();
  private final List<DecisionSink.Decision> told = new ArrayList<>();
  private final NearnessFeed nearness =
      new NearnessFeed(NearnessConfig.DEFAULTS, fleet, Path.of("unused"), InstantSource.fixed(NOW));
  private final WebTestClient client =
      WebTestClient.bindToRouterFunction(
              SteeringRoutes.of(
                  new SteeringBrain(
                      fleet,
                      nearness,
                      new NearnessRanker(RankingPolicy.DEFAULTS),
                      new DecisionIds(new Random(1)),
                      List.of(told::add)),
                  fleet,
                  nearness,
                  setAside,
                  JSON,
                  InstantSource.fixed(NOW.plusMillis(250))))
          .handlerStrategies(
              HandlerStrategies.builder()
                  .exceptionHandler(new ProblemExceptionHandler(JSON))
                  .build())
          .configureClient()
          .responseTimeout(Duration.ofSeconds(30))
          .build();

  @Test
  void givenTwoSites_whenRanked_thenBothAreNamedAndTheRecordExplainsTheOrder() {
    SnapshotFixture.fill(fleet, NOW);

    Ranking ranking = rank("play-1", "tears", "p1");

    assertEquals("steered", ranking.outcome());
    assertEquals(250, ranking.snapshotAgeMillis());
    assertEquals(3, ranking.nodes().size());
    assertEquals(
        Set.of("s1", "s2"),
        new HashSet<>(ranking.nodes().stream().map(Ranking.Node::siteId).toList()));
    assertThat(ranking.nodes()).allMatch(node -> node.baseUrl().startsWith("http://127.0.0.1:"));
    DecisionSink.Decision decision = told.getFirst();
    assertEquals(ranking.decisionId(), decision.record().get().decisionId());
    assertEquals("192.0.2.0/24", decision.record().get().clientAddress());
    assertEquals(Cohort.SYNTHETIC, decision.cohort());
    assertEquals("0af7651916cd43dd8448eb211c80319c", decision.traceId());
    assertInstanceOf(
        Recompute.Result.Same.class,
        new Recompute(new NearnessRanker(RankingPolicy.DEFAULTS))
            .recompute(decision.record().get()));
  }

  @Test
  void givenAPackageThatNobodyHolds_whenRanked_thenNotPlaced() {
    SnapshotFixture.fill(fleet, NOW);

    Ranking ranking = rank("play-1", "sintel", "p1");

    assertEquals("not-placed", ranking.outcome());
    assertThat(ranking.nodes()).isEmpty();
  }

  @Test
  void givenNothingIsKnown_whenRanked_thenUnavailableAndNotNotPlaced() {
    problem(request("play-1", "tears", "p1", "1.2.3.4", 3), ProblemType.UNAVAILABLE, "nothing is");
  }

  @Test
  void givenABadRequest_whenRanked_thenAProblemNamesFieldValueAndExpectation() {
    SnapshotFixture.fill(fleet, NOW);

    problem("", ProblemType.MALFORMED, "body is no ranking request");
    problem("null", ProblemType.INVALID, "body is null");
    problem("{\"maxNodes\":3}", ProblemType.INVALID, "playbackId is absent");
    problem(request("p", "T", "p1", "1.2.3.4", 3), ProblemType.INVALID, "titleId is T (expected: ");
    problem(
        request("p", "t", "p1", "1.2.3.4", 9),
        ProblemType.INVALID,
        "maxNodes is 9 (expected: 1 to 8)");
    problem(
        request("p", "t", "p1", "example.org", 3),
        ProblemType.INVALID,
        "clientAddress is example.org (expected: an IP address)");
    problem("x".repeat(20_000), ProblemType.BODY_TOO_LARGE, "body is too large");
  }

  @Test
  void givenAnotherContentType_whenRanked_thenUnsupportedMediaType() {
    client
        .post()
        .uri("/internal/v1/rankings")
        .contentType(MediaType.TEXT_PLAIN)
        .bodyValue("hello")
        .exchange()
        .expectStatus()
        .isEqualTo(415);
  }

  @Test
  void givenAnotherMethodOrPath_whenAsked_thenRefused() {
    client.get().uri("/internal/v1/rankings").exchange().expectStatus().isEqualTo(405);
    client.get().uri("/internal/v1/nothing").exchange().expectStatus().isNotFound();
  }

  @Test
  void givenASnapshot_whenShown_thenItSaysWhatIsDecidedFrom() {
    SnapshotFixture.fill(fleet, NOW);

    client
        .get()
        .uri("/internal/v1/snapshot")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.snapshotAgeMillis")
        .isEqualTo(250)
        .jsonPath("$.holdings")
        .isEqualTo(3)
        .jsonPath("$.packages")
        .isEqualTo(1)
        .jsonPath("$.nodes[0].nodeId")
        .isEqualTo("n1")
        .jsonPath("$.nodes[0].packagesHeld")
        .isEqualTo(1);
  }

  private Ranking rank(String playbackId, String titleId, String packageVersion) {
    byte[] body =
        client
            .post()
            .uri("/internal/v1/rankings")
            .contentType(MediaType.APPLICATION_JSON)
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .header("Tributary-Cohort", "synthetic")
            .bodyValue(request(playbackId, titleId, packageVersion, "192.0.2.77", 3))
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBody();
    return JSON.readValue(body, Ranking.class);
  }

  private void problem(String body, ProblemType type, String detail) {
    client
        .post()
        .uri("/internal/v1/rankings")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange()
        .expectStatus()
        .isEqualTo(type.status())
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo(type.uri().toString())
        .jsonPath("$.retryable")
        .isEqualTo(type.retryable())
        .jsonPath("$.detail")
        .value(String.class, told -> assertThat(told).startsWith(detail));
  }

  private static String request(
      String playbackId, String titleId, String packageVersion, String address, int maxNodes) {
    return """
    {"playbackId":"%s","titleId":"%s","packageVersion":"%s","clientAddress":"%s","maxNodes":%d}\
    """
        .formatted(playbackId, titleId, packageVersion, address, maxNodes);
  }
}
