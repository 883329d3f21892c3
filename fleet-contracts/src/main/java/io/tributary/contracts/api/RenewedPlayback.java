package io.tributary.contracts.api;

import java.time.Instant;

/**
 * The answer to {@code POST /api/v1/playbacks/{playbackId}/renewals}: a play goes on.
 *
 * @param playbackId the same play
 * @param manifests new URLs; the old ones stay good until they end
 * @param expiresAt when the new ones end
 * @param renewAfterSeconds seconds after which to renew again
 * @param decisionId names the steering decision of the new ranking
 * @param stale as in a {@link Playback}
 */
public record RenewedPlayback(
    String playbackId,
    Manifests manifests,
    Instant expiresAt,
    long renewAfterSeconds,
    String decisionId,
    boolean stale) {}
