package io.tributary.token;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What a token gives its bearer: every path below one prefix, for a time.
 *
 * @param audience who is to honour it, e.g. {@link #MEDIA_AUDIENCE}
 * @param tokenId names the token in revocations; a media token's is its {@code playbackId}
 * @param pathPrefix of what may be fetched, e.g. {@code /title/version/}; empty grants no path
 * @param notBefore its start, in whole seconds on the wire
 * @param expiresAt its end, in whole seconds on the wire; the token is void from then on
 * @param extras further claims of the issuer's own; at most a few short ones, since a token travels
 *     in a path
 */
public record MediaGrant(
    String audience,
    String tokenId,
    String pathPrefix,
    Instant notBefore,
    Instant expiresAt,
    Map<String, String> extras) {
  /** The audience of tokens that nodes honour. */
  public static final String MEDIA_AUDIENCE = "media";

  /** The audience of tokens that name a running play to steering. */
  public static final String STEERING_AUDIENCE = "steering";

  public MediaGrant {
    Objects.requireNonNull(audience);
    Objects.requireNonNull(tokenId);
    Objects.requireNonNull(pathPrefix);
    Objects.requireNonNull(notBefore);
    Objects.requireNonNull(expiresAt);
    extras = Map.copyOf(extras);
  }

  /**
   * Whether the path may be fetched. The path must be normal already: no {@code ..}, no escapes.
   */
  public boolean allows(String path) {
    return !pathPrefix.isEmpty() && path.startsWith(pathPrefix);
  }
}
