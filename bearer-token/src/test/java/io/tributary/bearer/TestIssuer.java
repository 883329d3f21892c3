package io.tributary.bearer;

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
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

/** Signs tokens for tests. */
public record TestIssuer(ECKey key) {
  public static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
  public static final String ISSUER = "http://tributary.local/test";

  public static TestIssuer withKey(String keyId) {
    try {
      return new TestIssuer(new ECKeyGenerator(Curve.P_256).keyID(keyId).generate());
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public String jwks() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /** A good token for {@code demo}, or what the change makes of it. */
  public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            change.apply(goodClaims()).build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return token.serialize();
  }

  static JWTClaimsSet.Builder goodClaims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("tributary")
        .subject("demo")
        .claim("roles", List.of("viewer"))
        .expirationTime(Date.from(NOW.plusSeconds(3600)));
  }
}
