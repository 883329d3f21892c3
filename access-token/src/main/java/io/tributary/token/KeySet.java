package io.tributary.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of tokens, a JWK set (RFC 7517) of EC P-256 keys with distinct key ids.
 *
 * <p>Keys rotate with an overlap: a new public key is added everywhere first, then becomes the
 * first private key of the signers, and the old one goes when the last token it signed is over. So
 * the first private key signs, and every key verifies.
 *
 * <p>Immutable; safe for use by many threads. Never shows a private key in its text.
 */
public final class KeySet {
  /** More than any rotation needs; a bound for what a file or an answer may bring. */
  public static final int MAX_KEYS = 16;

  private final Map<String, ECKey> keys;
  private final Map<String, ECPublicKey> publicKeys;

  private KeySet(Map<String, ECKey> keys) {
    this.keys = keys;
    Map<String, ECPublicKey> read = new LinkedHashMap<>();
    keys.forEach((id, key) -> {
      try {
        read.put(id, key.toECPublicKey());
      } catch (JOSEException e) {
        throw new IllegalArgumentException(
            "key " + id + " is not a point of its curve (expected: EC P-256)", e);
      }
    });
    this.publicKeys = read;
  }

  /** No keys: verifies nothing. */
  public static KeySet empty() {
    return new KeySet(Map.of());
  }

  /**
   * Reads a JWK set.
   *
   * @throws IllegalArgumentException if it is none, or one of its keys is not an EC P-256 key with
   *     a key id of its own
   */
  public static KeySet parse(String jwks) {
    List<JWK> read;
    try {
      read = JWKSet.parse(jwks).getKeys();
    } catch (ParseException e) {
      // Without its cause: that quotes the text, which may hold a private key.
      throw new IllegalArgumentException("keys are unreadable (expected: a JWK set)");
    }
    if (read.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          "keys are " + read.size() + " (expected: at most " + MAX_KEYS + ")");
    }
    Map<String, ECKey> keys = new LinkedHashMap<>();
    for (JWK key : read) {
      String id = key.getKeyID();
      if (id == null || id.isEmpty() || id.length() > 64) {
        throw new IllegalArgumentException("kid is " + id + " (expected: 1 to 64 characters)");
      }
      if (!(key instanceof ECKey ec) || !Curve.P_256.equals(ec.getCurve())) {
        throw new IllegalArgumentException("key " + id + " is another kind (expected: EC P-256)");
      }
      if (keys.put(id, ec) != null) {
        throw new IllegalArgumentException("kid is " + id + " twice (expected: distinct)");
      }
    }
    return new KeySet(keys);
  }

  /**
   * Reads a JWK set where no private key may ever be, such as a node's disk.
   *
   * @throws IllegalArgumentException as {@link #parse}, and if a key is private
   */
  public static KeySet parsePublic(String jwks) {
    KeySet keys = parse(jwks);
    if (keys.hasPrivateKeys()) {
      throw new IllegalArgumentException("keys hold a private key (expected: public keys only)");
    }
    return keys;
  }

  /** The same keys without their private parts. */
  public KeySet publicOnly() {
    Map<String, ECKey> stripped = new LinkedHashMap<>();
    keys.forEach((id, key) -> stripped.put(id, key.toPublicJWK()));
    return new KeySet(stripped);
  }

  /** Whether any key could sign. */
  public boolean hasPrivateKeys() {
    return keys.values().stream().anyMatch(ECKey::isPrivate);
  }

  /** The key ids, in the set's order. */
  public List<String> keyIds() {
    return List.copyOf(keys.keySet());
  }

  /** The public key of that id. */
  public Optional<ECPublicKey> publicKey(String keyId) {
    return Optional.ofNullable(publicKeys.get(keyId));
  }

  /** The set as JWK set text, public parts only. */
  public String toPublicJwks() {
    return new JWKSet(new ArrayList<JWK>(keys.values())).toString(true);
  }

  @Override
  public String toString() {
    return "KeySet" + keys.keySet();
  }

  record SigningKey(String keyId, ECPrivateKey key) {
    @Override
    public String toString() {
      return "SigningKey[" + keyId + "]";
    }
  }

  Optional<SigningKey> signingKey() {
    return keys.values().stream()
        .filter(ECKey::isPrivate)
        .findFirst()
        .map(key -> {
          try {
            return new SigningKey(key.getKeyID(), key.toECPrivateKey());
          } catch (JOSEException e) {
            throw new IllegalStateException("key " + key.getKeyID() + " cannot sign", e);
          }
        });
  }
}
