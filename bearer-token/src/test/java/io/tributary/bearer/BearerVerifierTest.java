package io.tributary.bearer;

import static io.tributary.bearer.TestIssuer.ISSUER;
import static io.tributary.bearer.TestIssuer.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BearerVerifierTest {
  private final TestIssuer issuer = TestIssuer.withKey("k1");
  private final AtomicInteger misses = new AtomicInteger();
  private final BearerVerifier verifier = verifier(issuer.jwks());

  @Test
  void givenAGoodToken_thenItsSubjectAndKnownRolesAreTold() {
    String token =
        issuer.token(claims -> claims.claim("roles", List.of("operator", "viewer", "emperor")));

    assertEquals(
        new Verdict.Known(new Caller("demo", EnumSet.of(Role.OPERATOR, Role.VIEWER), ISSUER)),
        verifier.verify("bearer " + token));
  }

  @Test
  void givenATokenThatIsRemembered_thenItsEndAndItsKeysEndCountAllTheSame() throws Exception {
    AtomicReference<List<VerificationKey>> keys =
        new AtomicReference<>(VerificationKey.parse(issuer.jwks()));
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    BearerVerifier remembering = verifierOf(keys::get, now::get);
    String header = "Bearer " + issuer.token(claims -> claims.expirationTime(at(600)));
    assertThat(remembering.verify(header)).isInstanceOf(Verdict.Known.class);

    now.set(NOW.plusSeconds(631));
    assertRefused(remembering, header, "the token has expired");

    now.set(NOW);
    assertThat(remembering.verify(header)).isInstanceOf(Verdict.Known.class);
    keys.set(VerificationKey.parse(TestIssuer.withKey("k2").jwks()));
    assertRefused(remembering, header, "kid is not known here");
    keys.set(VerificationKey.parse(TestIssuer.withKey("k1").jwks()));
    assertRefused(remembering, header, "the token's signature is wrong");
  }

  @Test
  void givenAnRs256KeyOfTheIssuer_thenItsTokensAreGood() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).keyID("r1").generate();
    String token = signed(JWSAlgorithm.RS256, "r1", new RSASSASigner(rsa));

    assertThat(verifier(new JWKSet(rsa.toPublicJWK()).toString()).verify("Bearer " + token))
        .isInstanceOf(Verdict.Known.class);
  }

  @Test
  void givenATokenWithoutRoles_thenTheCallerHasNone() {
    assertEquals(
        new Verdict.Known(new Caller("demo", Set.of(), ISSUER)),
        verifier.verify("Bearer " + issuer.token(claims -> claims.claim("roles", null))));
  }

  @Nested
  class GivenAHeaderThatIsNoGoodToken {
    @Test
    void whenMissing() {
      assertRefused(null, "Authorization is missing");
    }

    @Test
    void whenOfAnotherScheme() {
      assertRefused("Basic ZGVtbzpkZW1v", "another scheme");
    }

    @Test
    void whenNotAJwt() {
      assertRefused("Bearer garbage", "cannot be read");
      assertRefused("Bearer ", "cannot be read");
      assertRefused("Bearer a.b.c", "cannot be read");
    }

    @Test
    void whenAbsurdlyLong() {
      assertRefused("Bearer " + "a".repeat(9_000), "expected: at most 8192");
    }

    @Test
    void whenItsClaimsAreNoJson() {
      String[] parts = issuer.token(UnaryOperator.identity()).split("\\.", -1);
      assertRefused(
          "Bearer " + parts[0] + "." + base64("{\"iss\":") + "." + parts[2], "cannot be read");
    }

    @Test
    void whenUnsigned() {
      assertRefused(
          "Bearer " + new PlainJWT(TestIssuer.goodClaims().build()).serialize(), "cannot be read");
    }

    @Test
    void whenSignedByAnotherKeyOfTheSameName() {
      assertRefused(
          "Bearer " + TestIssuer.withKey("k1").token(UnaryOperator.identity()), "signature");
    }

    @Test
    void whenItsClaimsWereChanged() {
      String[] parts = issuer.token(UnaryOperator.identity()).split("\\.", -1);
      String forged = TestIssuer.goodClaims().subject("admin").build().toString();
      assertRefused("Bearer " + parts[0] + "." + base64(forged) + "." + parts[2], "signature");
    }

    /** The classic confusion: the public key's bytes, which everybody has, used as a secret. */
    @Test
    void whenSignedWithThePublicKeyAsASecret() throws Exception {
      byte[] secret = issuer.key().toECPublicKey().getEncoded();
      assertRefused(
          "Bearer " + signed(JWSAlgorithm.HS256, "k1", new MACSigner(secret)), "alg is not");
    }

    @Test
    void whenItNamesTheAlgorithmOfAnotherKind() throws Exception {
      RSAKey rsa = new RSAKeyGenerator(2048).keyID("k1").generate();
      assertRefused(
          "Bearer " + signed(JWSAlgorithm.RS256, "k1", new RSASSASigner(rsa)), "alg is not");
    }

    @Test
    void whenItsKeyIsUnknown_thenNewKeysAreAskedFor() {
      assertRefused("Bearer " + TestIssuer.withKey("k2").token(UnaryOperator.identity()), "kid");
      assertEquals(1, misses.get());
    }
  }

  @Nested
  class GivenASignedTokenWithBadClaims {
    @Test
    void whenForAnotherAudience() {
      assertClaimsRefused(claims -> claims.audience("elsewhere"), "aud is another");
      assertClaimsRefused(claims -> claims.audience((String) null), "aud is another");
    }

    @Test
    void whenOfAnUnknownIssuer() {
      assertClaimsRefused(claims -> claims.issuer("https://evil.example"), "iss is not known");
      assertClaimsRefused(claims -> claims.issuer(null), "iss is not known");
    }

    @Test
    void whenExpired_thenTheSkewIsForgivenToTheSecond() {
      assertClaimsRefused(claims -> claims.expirationTime(at(-30)), "expired");
      assertThat(verifier.verify("Bearer " + issuer.token(c -> c.expirationTime(at(-29)))))
          .isInstanceOf(Verdict.Known.class);
    }

    @Test
    void whenItNeverExpires() {
      assertClaimsRefused(claims -> claims.expirationTime(null), "exp is missing");
    }

    @Test
    void whenNotYetValid_thenTheSkewIsForgivenToTheSecond() {
      assertClaimsRefused(claims -> claims.notBeforeTime(at(31)), "not valid yet");
      assertThat(verifier.verify("Bearer " + issuer.token(c -> c.notBeforeTime(at(30)))))
          .isInstanceOf(Verdict.Known.class);
    }

    @Test
    void whenItsSubjectCouldNotBeAHeader() {
      assertClaimsRefused(claims -> claims.subject(null), "sub is missing or odd");
      assertClaimsRefused(claims -> claims.subject("de\r\nmo"), "sub is missing or odd");
      assertClaimsRefused(claims -> claims.subject("d".repeat(129)), "sub is missing or odd");
    }

    @Test
    void whenItsRolesAreNoWords() {
      assertClaimsRefused(claims -> claims.claim("roles", List.of(1, 2)), "cannot be read");
    }
  }

  @Test
  void givenKeysThatWereNeverRead_thenTheReasonSaysSo() {
    BearerVerifier without = verifierOf(List.of());

    assertThat(without.verify("Bearer " + issuer.token(UnaryOperator.identity())))
        .isEqualTo(
            new Verdict.Refused(
                "the issuer's keys are not known yet (expected: retry in some seconds)"));
  }

  private void assertClaimsRefused(UnaryOperator<JWTClaimsSet.Builder> change, String because) {
    assertRefused("Bearer " + issuer.token(change), because);
  }

  /** Refused for this reason, and no part of the token is in it. */
  private void assertRefused(@Nullable String header, String because) {
    assertRefused(verifier, header, because);
  }

  private static void assertRefused(
      BearerVerifier verifier, @Nullable String header, String because) {
    Verdict verdict = verifier.verify(header);
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    String reason = ((Verdict.Refused) verdict).reason();
    assertThat(reason).contains(because);
    if (header != null) {
      for (String part : header.substring(header.indexOf(' ') + 1).split("\\.", -1)) {
        if (part.length() > 3) {
          assertThat(reason).doesNotContain(part);
        }
      }
    }
  }

  private BearerVerifier verifier(String jwks) {
    try {
      return verifierOf(VerificationKey.parse(jwks));
    } catch (ParseException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private BearerVerifier verifierOf(List<VerificationKey> keys) {
    return verifierOf(() -> keys, () -> NOW);
  }

  private BearerVerifier verifierOf(Supplier<List<VerificationKey>> keys, InstantSource time) {
    IssuerKeys fixed =
        new IssuerKeys() {
          @Override
          public List<VerificationKey> current() {
            return keys.get();
          }

          @Override
          public void missed() {
            misses.incrementAndGet();
          }
        };
    return new BearerVerifier("tributary", Map.of(ISSUER, fixed), time);
  }

  private static String signed(JWSAlgorithm algorithm, String keyId, JWSSigner signer)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(keyId).build(), TestIssuer.goodClaims().build());
    token.sign(signer);
    return token.serialize();
  }

  private static Date at(long seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
