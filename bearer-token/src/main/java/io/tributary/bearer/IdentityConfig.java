package io.tributary.bearer;

import java.util.List;

/**
 * Whose tokens are believed, and for whom they must be meant: the settings {@code
 * tributary.identity} of every service that verifies bearer tokens.
 *
 * @param issuers one at least, each once
 * @param audience the audience that every bearer token's {@code aud} must name
 */
public record IdentityConfig(List<Issuer> issuers, String audience) {
  /** The audience of a fleet that sets none. */
  public static final String DEFAULT_AUDIENCE = "tributary";

  /** What the settings begin with. */
  static final String SETTINGS = "tributary.identity";

  public IdentityConfig {
    issuers = List.copyOf(issuers);
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException(
          "issuers[0].issuer is missing (expected: an issuer's name, as in the tokens' iss)");
    }
    if (audience.isBlank()) {
      throw new IllegalArgumentException("audience is empty (expected: the tokens' aud)");
    }
    long distinct = issuers.stream().map(Issuer::issuer).distinct().count();
    if (distinct != issuers.size()) {
      throw new IllegalArgumentException(
          "issuers are "
              + issuers
              + " (expected: each issuer once; rotate keys inside its JWK set)");
    }
  }
}
