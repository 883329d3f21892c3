package io.tributary.contracts.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right to play a title, and where to play it from.
 *
 * @param playbackId 22 characters of {@code A-Z a-z 0-9 _ -}; CMCD's {@code sid}
 * @param titleId the title that was asked for; CMCD's {@code cid}
 * @param packageVersion the package that this play uses to its end
 * @param title the title's name, for people
 * @param durationMillis how long the title is, in milliseconds
 * @param manifests absolute URLs that need no header; good until {@code expiresAt}
 * @param expiresAt when the manifests' and segments' URLs end
 * @param renewAfterSeconds seconds after which the client should renew its play; 10 and more
 * @param resumePositionMillis where the account stopped last, in milliseconds from the title's
 *     start; 0 for the start
 * @param decisionId names the steering decision that ordered the nodes, for support
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
