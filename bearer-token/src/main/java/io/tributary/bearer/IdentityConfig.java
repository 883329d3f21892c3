package io.tributary.bearer;

import java.util.List;

/**
 * Whose tokens are believed, and for whom they must be meant.
 *
 * @param issuers may be empty: then every token is refused
 * @param audience that every token's {@code aud} must name
 */
public record IdentityConfig(List<Issuer> issuers, String audience) {
  /** The audience of a fleet that sets none. */
  public static final String DEFAULT_AUDIENCE = "tributary";

  public IdentityConfig {
    issuers = List.copyOf(issuers);
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
