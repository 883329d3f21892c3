package io.tributary.oca.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.tributary.oca.serve.MediaRights.Right;
import io.tributary.token.KeySet;
import io.tributary.token.MediaGrant;
import io.tributary.token.MediaTokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenChecksTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final KeySet keys = newKeys();
  private final MediaRights rights = new MediaRights(() -> NOW);
  private final TokenChecks checks = new TokenChecks(rights, 1, 1);
  private final MediaPath genuine = path(token());

  TokenChecksTest() {
    rights.keys(keys.publicOnly());
  }

  @AfterEach
  void stop() {
    checks.close();
  }

  @Test
  void aTokenIsCheckedOnceOnAThreadOfItsOwnAndThenRemembered() {
    assertThat(rights.recall(genuine)).isEqualTo(new Right.Unchecked());

    CompletableFuture<String> checkedBy = new CompletableFuture<>();
    CompletableFuture<Optional<Refusal>> verdict = new CompletableFuture<>();
    assertThat(
            checks.check(
                genuine,
                refusal -> {
                  checkedBy.complete(Thread.currentThread().getName());
                  verdict.complete(refusal);
                }))
        .isTrue();

    assertThat(verdict.join()).isEmpty();
    assertThat(checkedBy.join()).startsWith("oca-verify-");
    assertThat(rights.recall(genuine)).isEqualTo(new Right.Granted());
  }

  @Test
  void aForgedTokenIsNeverRemembered() {
    MediaPath forged = path(token().substring(0, token().length() - 8) + "AAAAAAAA");
    CompletableFuture<Optional<Refusal>> verdict = new CompletableFuture<>();
    checks.check(forged, verdict::complete);

    assertThat(verdict.join()).map(Refusal::status).contains(401);
    assertThat(rights.recall(forged)).isEqualTo(new Right.Unchecked());
  }

  @Test
  void moreThanMayWaitAreRefusedAndARememberedTokenIsNotAskedAgain() {
    assertThat(rights.refuse(genuine)).isEmpty();
    CountDownLatch flood = new CountDownLatch(1);
    MediaPath forged = path("nonsense");
    assertThat(checks.check(forged, refusal -> await(flood))).isTrue(); // Runs.
    assertThat(checks.check(forged, refusal -> {})).isTrue(); // Waits.

    assertThat(checks.check(forged, refusal -> {})).isFalse();
    assertThat(rights.recall(genuine)).isEqualTo(new Right.Granted());
    flood.countDown();
  }

  @Test
  void aRememberedTokenOfARevokedPlayIsRefusedAtOnce() {
    assertThat(rights.refuse(genuine)).isEmpty();
    rights.revoked(Set.of("play-1"));

    assertThat(rights.recall(genuine))
        .isInstanceOfSatisfying(
            Right.Refused.class, refused -> assertThat(refused.refusal().status()).isEqualTo(403));
  }

  @Test
  void noKeysAtAllAreRefusedAndTheOldOnesStay() {
    assertThatThrownBy(() -> rights.keys(KeySet.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: one at least");

    assertThat(rights.refuse(genuine)).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static MediaPath path(String token) {
    return new MediaPath(token, "film/p1", "v720/00001.m4s");
  }

  private String token() {
    return new MediaTokenSigner(keys)
        .sign(
            new MediaGrant(
                MediaGrant.MEDIA_AUDIENCE,
                "play-1",
                "/film/p1/",
                NOW,
                NOW.plus(Duration.ofHours(12)),
                Map.of()));
  }

  private static KeySet newKeys() {
    try {
      return KeySet.parse(
          new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k1").generate()).toString(false));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
