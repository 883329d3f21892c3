package io.tributary.bearer;

import java.net.URI;
import java.util.Set;

/**
 * Someone whose tokens are believed.
 *
 * @param issuer exactly as in the tokens' {@code iss}
 * @param jwks where its public keys are: a JWK set at a {@code file:}, {@code https:} or {@code
 *     http:} URL
 */
public record Issuer(String issuer, URI jwks) {
  private static final Set<String> SCHEMES = Set.of("file", "http", "https");

  public Issuer {
    if (issuer.isBlank()) {
      throw new IllegalArgumentException("issuer is empty (expected: the tokens' iss)");
    }
    if (jwks.getScheme() == null || !SCHEMES.contains(jwks.getScheme())) {
      throw new IllegalArgumentException(
          "jwks is " + jwks + " (expected: a file:, https: or http: URL)");
    }
  }
}
