package io.tributary.contracts.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right to play a title, and where to play it from.
 *
 * @param playbackId CMCD's {@code sid}
 * @param titleId CMCD's {@code cid}
 * @param packageVersion the package that this play uses to its end
 * @param title for people
 * @param durationMillis of the title
 * @param manifests absolute URLs that need no header; good until {@code expiresAt}
 * @param expiresAt when the manifests' and segments' URLs end
 * @param renewAfterSeconds when the client should renew its play
 * @param resumePositionMillis where the account stopped last; 0 for the start
 * @param decisionId of the steering decision that ordered the nodes
 * @param ranking best first; null unless asked for
 * @param stale true if this rests on facts that could not be refreshed (the store or steering's
 *     feed is away)
 */
public record Playback(
    String playbackId,
    String titleId,
    String packageVersion,
    String title,
    long durationMillis,
    Manifests manifests,
    Instant expiresAt,
    long renewAfterSeconds,
    long resumePositionMillis,
    String decisionId,
    @Nullable List<RankedNode> ranking,
    boolean stale) {}
