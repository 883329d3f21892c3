package io.tributary.contracts.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node as an operator sees it.
 *
 * @param id the node
 * @param siteId where it stands
 * @param baseUrl of its first endpoint; null before its first heartbeat
 * @param state the verdict in lower case ({@code healthy, unhealthy, unreachable, draining,
 *     revoked}), or {@code enrolled} before the first
 * @param reason the verdict's, for people
 * @param packagesPlanned by the current plan
 * @param packagesHeld confirmed by the node
 * @param contentVersionPlanned of the current plan
 * @param contentVersionConfirmed by the node
 * @param lastHeartbeatAt null before the first
 */
public record NodeView(
    String id,
    String siteId,
    @Nullable String baseUrl,
    String state,
    String reason,
    int packagesPlanned,
    int packagesHeld,
    long contentVersionPlanned,
    long contentVersionConfirmed,
    @Nullable Instant lastHeartbeatAt) {}
