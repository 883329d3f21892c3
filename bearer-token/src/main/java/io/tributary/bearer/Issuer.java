package io.tributary.bearer;

import java.net.URI;
import java.util.Set;

/**
 * Someone whose tokens are believed.
 *
 * @param issuer an issuer of bearer tokens, exactly as in their {@code iss}
 * @param jwks where that issuer's public keys are: a JWK set. A file is read at the start and again
 *     within a second of a change, a URL every 5 minutes
 */
public record Issuer(String issuer, URI jwks) {

  public Issuer {
    if (issuer == null || issuer.isBlank()) {
      throw new IllegalArgumentException(
          "issuer is empty (expected: an issuer's name, as in the tokens' iss)");
    }
    if (jwks == null || !canBeRead(jwks)) {
      throw new IllegalArgumentException(
          "jwks is " + jwks + " (expected: file:///path or http(s)://host/path)");
    }
  }

  private static boolean canBeRead(URI jwks) {
    return "file".equals(jwks.getScheme())
        ? jwks.getAuthority() == null && jwks.getPath() != null
        : Set.of("http", "https").contains(String.valueOf(jwks.getScheme()))
            && jwks.getHost() != null;
  }
}
