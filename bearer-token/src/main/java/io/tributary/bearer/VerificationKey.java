package io.tributary.bearer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One public key with the one algorithm it may verify: the algorithm follows from the key, never
 * from the token, so a token cannot choose how it is checked.
 *
 * @param keyId null where the set gives none
 */
record VerificationKey(@Nullable String keyId, JWSAlgorithm algorithm, JWSVerifier verifier) {
  /** No issuer rotates this many; a longer set is a mistake, and each key costs a check. */
  private static final int MAX_KEYS = 32;

  private static final int MIN_RSA_BITS = 2048;

  /**
   * Reads a JWK set. Keys of other kinds, uses and sizes are passed over, as RFC 7517 asks.
   *
   * @throws ParseException if the text is not a JWK set or has no key that could verify a token
   */
  static List<VerificationKey> parse(String jwks) throws ParseException {
    List<VerificationKey> keys = new ArrayList<>();
    for (JWK key : JWKSet.parse(jwks).getKeys()) {
      if (keys.size() < MAX_KEYS
          && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))) {
        VerificationKey usable = of(key);
        if (usable != null
            && (key.getAlgorithm() == null || key.getAlgorithm().equals(usable.algorithm))) {
          keys.add(usable);
        }
      }
    }
    if (keys.isEmpty()) {
      throw new ParseException("no key for ES256 or RS256 (expected: at least one)", 0);
    }
    return List.copyOf(keys);
  }

  private static @Nullable VerificationKey of(JWK key) {
    try {
      if (key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
        return new VerificationKey(
            key.getKeyID(), JWSAlgorithm.ES256, new ECDSAVerifier(ec.toPublicJWK()));
      }
      if (key instanceof RSAKey rsa && rsa.size() >= MIN_RSA_BITS) {
        return new VerificationKey(
            key.getKeyID(), JWSAlgorithm.RS256, new RSASSAVerifier(rsa.toPublicJWK()));
      }
      return null;
    } catch (JOSEException unusable) {
      return null;
    }
  }
}
