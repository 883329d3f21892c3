package io.tributary.contracts.event;

import java.time.Instant;

/**
 * A play must fetch nothing more; nodes learn of it by {@code Revocations}.
 *
 * @param playbackId the play
 * @param reason for people, e.g. {@code the account was removed}
 * @param revokedAt when it was decided
 * @param endsAt when its last media token ends by itself, and this may be forgotten
 */
public record PlayRevoked(String playbackId, String reason, Instant revokedAt, Instant endsAt) {
  /** The envelope's type. */
  public static final String TYPE = "play-revoked";
}
