package io.tributary.steering.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

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
import io.tributary.bearer.BearerVerifier;
import io.tributary.bearer.IdentityConfig;
import io.tributary.bearer.Issuer;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.steering.ExplainedDecision;
import io.tributary.contracts.steering.Ranking;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.explain.FoundDecision;
import io.tributary.steering.explain.Recompute;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.nearness.NearnessConfig;
import io.tributary.steering.nearness.NearnessFeed;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.SnapshotFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

class OperatorRoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ISSUER = "http://issuer.test";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private static Path folder;
  private static @Nullable ECKey key;

  private final Fleet fleet = new Fleet();
  private final List<DecisionSink.Decision> told = new ArrayList<>();
  private final SteeringBrain brain =
      new SteeringBrain(
          fleet,
          new NearnessFeed(
              NearnessConfig.DEFAULTS, fleet, Path.of("unused"), InstantSource.fixed(NOW)),
          new NearnessRanker(RankingPolicy.DEFAULTS),
          new DecisionIds(new Random(1)),
          List.of(told::add));
  private final WebTestClient client =
      WebTestClient.bindToRouterFunction(
              OperatorRoutes.of(brain, this::archived, verifier(), InstantSource.fixed(NOW)))
          .configureClient()
          .responseTimeout(Duration.ofSeconds(30))
          .build();

  @BeforeAll
  static void makeKey() throws JOSEException, IOException {
    ECKey made = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    Files.writeString(folder.resolve("jwks.json"), new JWKSet(made.toPublicJWK()).toString());
    key = made;
  }

  @Test
  void givenNoTokenOrAViewers_whenAsked_thenRefused() {
    client
        .get()
        .uri("/admin/v1/what-if?titleId=tears&packageVersion=p1")
        .exchange()
        .expectStatus()
        .isEqualTo(ProblemType.UNAUTHENTICATED.status());
    client
        .get()
        .uri("/admin/v1/decisions/d-1")
        .header("Authorization", "Bearer " + token("viewer"))
        .exchange()
        .expectStatus()
        .isEqualTo(ProblemType.FORBIDDEN.status());
  }

  @Test
  void givenWhatIf_whenAsked_thenTheDecisionsRecordComesAndNobodyIsTold() {
    SnapshotFixture.fill(fleet, NOW);

    DecisionRecord record =
        read(
            "/admin/v1/what-if?titleId=tears&packageVersion=p1&clientAddress=192.0.2.77",
            DecisionRecord.class);

    assertEquals("192.0.2.0/24", record.clientAddress());
    assertEquals(3, record.candidates().size());
    assertInstanceOf(
        Recompute.Result.Same.class,
        new Recompute(new NearnessRanker(RankingPolicy.DEFAULTS)).recompute(record));
    assertThat(told).isEmpty();
    assertEquals(0, fleet.loads().standing(record.order().getFirst(), NOW).reservedBitsPerSecond());
  }

  @Test
  void givenABadWhatIf_whenAsked_thenAProblemNamesFieldValueAndExpectation() {
    SnapshotFixture.fill(fleet, NOW);

    for (String[] bad :
        new String[][] {
          {"packageVersion=p1", "titleId is absent (expected: a text)"},
          {"titleId=t&packageVersion=p1&maxNodes=x", "maxNodes is x (expected: a number"},
          {"titleId=t&packageVersion=p1&maxNodes=9", "maxNodes is 9 (expected: 1 to 8)"},
          {"titleId=t&packageVersion=p1&clientAddress=home", "clientAddress is home (expected: "}
        }) {
      ask("/admin/v1/what-if?" + bad[0])
          .expectStatus()
          .isEqualTo(ProblemType.INVALID.status())
          .expectBody()
          .jsonPath("$.detail")
          .value(String.class, detail -> assertThat(detail).contains(bad[1]));
    }
  }

  private FoundDecision archived(String decisionId) {
    return told.stream()
        .map(decision -> decision.record().get())
        .filter(record -> record.decisionId().equals(decisionId))
        .findFirst()
        .<FoundDecision>map(FoundDecision.Kept::new)
        .orElseGet(
            decisionId.equals("d-away")
                ? () -> new FoundDecision.Away("nobody is there")
                : FoundDecision.Nothing::new);
  }

  @Test
  void givenADecision_whenExplained_thenItsRecordComesAndItsOrderFollows() {
    SnapshotFixture.fill(fleet, NOW);
    Ranking ranking = decided();

    ExplainedDecision explained =
        read("/admin/v1/decisions/" + ranking.decisionId(), ExplainedDecision.class);

    assertEquals(ExplainedDecision.Recomputed.SAME, explained.recomputed());
    assertEquals(
        ranking.nodes().stream().map(Ranking.Node::nodeId).toList(), explained.record().order());
  }

  @Test
  void givenNoSuchDecisionOrNoKafka_whenExplained_thenAProblemSaysWhich() {
    ask("/admin/v1/decisions/d-1").expectStatus().isEqualTo(ProblemType.NOT_FOUND.status());
    ask("/admin/v1/decisions/d-away").expectStatus().isEqualTo(ProblemType.UNAVAILABLE.status());
  }

  private <T> T read(String path, Class<T> type) {
    return JSON.readValue(
        Objects.requireNonNull(
            ask(path).expectStatus().isOk().expectBody().returnResult().getResponseBody()),
        type);
  }

  /** As an operator. */
  private WebTestClient.ResponseSpec ask(String path) {
    return client.get().uri(path).header("Authorization", "Bearer " + token("operator")).exchange();
  }

  private Ranking decided() {
    SteeringBrain.Question question =
        new SteeringBrain.Question(
            "play-1",
            new PackageRef("tears", "p1"),
            ClientNetwork.of("192.0.2.77"),
            3,
            5_000_000,
            List.of(),
            null,
            Cohort.REAL);
    return assertInstanceOf(SteeringBrain.Answer.Decided.class, brain.decide(question, NOW))
        .ranking();
  }

  private static BearerVerifier verifier() {
    return new BearerVerifier(
        new IdentityConfig(
            List.of(new Issuer(ISSUER, folder.resolve("jwks.json").toUri())), "tributary"),
        InstantSource.fixed(NOW));
  }

  private static String token(String role) {
    ECKey signing = Objects.requireNonNull(key);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(signing.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("tributary")
                .subject("somebody")
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .claim("roles", List.of(role))
                .build());
    try {
      token.sign(new ECDSASigner(signing));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }
}
