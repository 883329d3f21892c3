package io.tributary.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tributary.token.CoseSign1.MalformedException;
import io.tributary.token.Verification.Reason;
import io.tributary.token.Verification.Rejected;
import io.tributary.token.Verification.Verified;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says what a token gives its bearer now.
 *
 * <p>A genuine token is remembered, since checking its signature costs half a millisecond and a
 * player shows the same token with every segment. What is remembered is only that the signature is
 * right: audience and time are looked at in every use, and a key that has left the set takes its
 * tokens with it at once. Tokens that are refused are not remembered: a flood of them would push
 * out the genuine ones.
 *
 * <p>Safe for use by many threads; blocks on nothing.
 */
public final class MediaTokenVerifier {
  /** Longer tokens are refused unread: 2 KiB, a path's share of a request line. */
  public static final int MAX_TOKEN_CHARS = 2_048;

  /** How far a signer's clock may be ahead of ours. The end of a token gets no such grace. */
  public static final Duration START_LEEWAY = Duration.ofSeconds(60);

  static final String JCA_ES256 = "SHA256withECDSAinP1363Format";

  /** Tokens remembered: some 10,000 players at once; at 2 KiB each at most 20 MiB. */
  private static final int MAX_REMEMBERED = 10_000;

  private static final int SIGNATURE_BYTES = 64;

  private final Supplier<KeySet> keys;
  private final String audience;
  private final Cache<String, Genuine> remembered =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  private record Genuine(String keyId, ECPublicKey key, MediaGrant grant) {}

  /** A verifier of media tokens. */
  public MediaTokenVerifier(Supplier<KeySet> keys) {
    this(keys, MediaGrant.MEDIA_AUDIENCE);
  }

  /**
   * A verifier of tokens for one audience.
   *
   * @param keys asked at every use, so that keys may rotate; private parts are not looked at
   * @param audience that the tokens must be for
   */
  public MediaTokenVerifier(Supplier<KeySet> keys, String audience) {
    this.keys = keys;
    this.audience = audience;
  }

  /** Never throws for any text. */
  public Verification verify(String token, Instant now) {
    return recall(token, now).orElseGet(() -> verifyAnew(token, keys.get(), now));
  }

  /**
   * What can be said without checking a signature, for callers whose thread has no time for that.
   * Never throws for any text.
   *
   * @return empty if it takes {@link #verify} to tell
   */
  public Optional<Verification> recall(String token, Instant now) {
    if (token.length() > MAX_TOKEN_CHARS) {
      return Optional.of(new Rejected(Reason.TOO_LONG));
    }
    Genuine known = remembered.getIfPresent(token);
    if (known == null) {
      return Optional.empty();
    }
    if (keys.get().publicKey(known.keyId()).filter(known.key()::equals).isEmpty()) {
      remembered.invalidate(token);
      return Optional.empty();
    }
    return Optional.of(judge(known.grant(), now));
  }

  private Verification verifyAnew(String token, KeySet current, Instant now) {
    try {
      CoseSign1 cose = CoseSign1.parse(decode(token));
      if (cose.algorithm() != CoseSign1.ES256) {
        return new Rejected(Reason.WRONG_ALGORITHM);
      }
      ECPublicKey key = current.publicKey(cose.keyId()).orElse(null);
      if (key == null) {
        return new Rejected(Reason.UNKNOWN_KEY);
      }
      if (!isSignedBy(key, cose)) {
        return new Rejected(Reason.BAD_SIGNATURE);
      }
      MediaGrant grant = cose.grant();
      Verification verdict = judge(grant, now);
      if (verdict instanceof Verified) {
        remembered.put(token, new Genuine(cose.keyId(), key, grant));
      }
      return verdict;
    } catch (MalformedException e) {
      return new Rejected(Reason.MALFORMED);
    }
  }

  private Verification judge(MediaGrant grant, Instant now) {
    if (!grant.audience().equals(audience)) {
      return new Rejected(Reason.WRONG_AUDIENCE);
    }
    if (!now.isBefore(grant.expiresAt())) {
      return new Rejected(Reason.EXPIRED);
    }
    if (now.plus(START_LEEWAY).isBefore(grant.notBefore())) {
      return new Rejected(Reason.NOT_YET_VALID);
    }
    return new Verified(grant);
  }

  private static byte[] decode(String token) throws MalformedException {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("base64url");
    }
    // One token is one text: no padding, no spare bits, so that a token cannot be multiplied.
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token)) {
      throw new MalformedException("base64url without padding");
    }
    return bytes;
  }

  private static boolean isSignedBy(ECPublicKey key, CoseSign1 cose) {
    if (cose.signature().length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifying = Signature.getInstance(JCA_ES256);
      verifying.initVerify(key);
      verifying.update(cose.toBeSigned());
      return verifying.verify(cose.signature());
    } catch (GeneralSecurityException e) {
      // The provider throws for numbers out of range; such a signature is nobody's.
      return false;
    }
  }
}
