package io.tributary.token;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;

/**
 * Makes tokens with the first private key of a set.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class MediaTokenSigner {
  /** The {@code iss} of every token: people read it, nothing is decided from it. */
  public static final String ISSUER = "tributary";

  private final KeySet.SigningKey key;
  private final byte[] protectedHeader;

  /**
   * A signer with the set's first private key.
   *
   * @throws IllegalArgumentException if the set has no private key
   */
  public MediaTokenSigner(KeySet keys) {
    this.key =
        keys.signingKey()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "keys are " + keys + " (expected: a private key among them)"));
    this.protectedHeader = CoseSign1.protectedHeader(key.keyId());
  }

  /**
   * Signs the grant.
   *
   * @return base64url without padding, some 300 characters and as long as its texts are
   * @throws IllegalArgumentException if it would be longer than a verifier reads
   */
  public String sign(MediaGrant grant) {
    byte[] payload = CoseSign1.claims(ISSUER, grant);
    byte[] signed =
        CoseSign1.encode(
            protectedHeader, payload, signature(CoseSign1.toBeSigned(protectedHeader, payload)));
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    if (token.length() > MediaTokenVerifier.MAX_TOKEN_CHARS) {
      throw new IllegalArgumentException(
          "token is "
              + token.length()
              + " characters (expected: at most "
              + MediaTokenVerifier.MAX_TOKEN_CHARS
              + ")");
    }
    return token;
  }

  private byte[] signature(byte[] toBeSigned) {
    try {
      Signature signing = Signature.getInstance(MediaTokenVerifier.JCA_ES256);
      signing.initSign(key.key());
      signing.update(toBeSigned);
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("key " + key.keyId() + " cannot sign", e);
    }
  }
}
