package io.tributary.contracts.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node as an operator sees it.
 *
 * @param id names the node
 * @param siteId the place where it stands
 * @param baseUrl where it serves: its first endpoint; null before its first heartbeat
 * @param state the verdict in lower case ({@code healthy, unhealthy, unreachable, draining,
 *     revoked}), or {@code enrolled} before the first
 * @param reason the verdict's reason, for people
 * @param packagesPlanned how many it shall hold by the current plan
 * @param packagesHeld how many it has confirmed
 * @param contentVersionPlanned the current plan's version
 * @param contentVersionConfirmed the version of the plan that it has confirmed
 * @param lastHeartbeatAt when it was heard last; null before its first heartbeat
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
