package io.tributary.contracts.api;

import java.time.Instant;

/**
 * The answer to {@code POST /api/v1/playbacks/{playbackId}/renewals}: a play goes on.
 *
 * @param playbackId the same play
 * @param manifests new URLs; the old ones stay good until they end
 * @param expiresAt when the new ones end
 * @param renewAfterSeconds when to renew again
 * @param decisionId of the new ranking
 * @param stale as in {@link Playback}
 */
public record RenewedPlayback(
    String playbackId,
    Manifests manifests,
    Instant expiresAt,
    long renewAfterSeconds,
    String decisionId,
    boolean stale) {}
