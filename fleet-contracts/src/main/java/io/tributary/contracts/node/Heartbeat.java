package io.tributary.contracts.node;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node's report: {@code POST /oca/v1/heartbeats}. Safe to repeat: of two reports the one with the
 * larger (incarnation, sequence) counts, whichever comes last.
 *
 * @param nodeId must be the certificate's
 * @param incarnation grows at each start of the node: its start in milliseconds since the epoch, or
 *     one more than the last
 * @param sequence grows by one a heartbeat within an incarnation
 * @param sentAt the node's clock, to tell its skew; nothing is decided from it
 * @param softwareVersion of the node
 * @param endpoints where it serves, best first, at least one
 * @param condition what it says of itself
 * @param conditionReason for people; null when all is well
 * @param capacity at most
 * @param load now
 * @param configVersion it runs under
 * @param contentVersion of the newest plan it has read; what it holds of it says the inventory
 * @param revocationVersion of the newest revocations it obeys
 * @param inventoryDigest see {@link Inventory#digest}
 * @param packagesHeld how many packages that is
 * @param routesVersion of its routes, see {@link Routes}; 0 where it has none, which takes back
 *     those it had; -1 where it has yet to hear from its router
 */
public record Heartbeat(
    String nodeId,
    long incarnation,
    long sequence,
    Instant sentAt,
    String softwareVersion,
    List<NodeEndpoint> endpoints,
    NodeCondition condition,
    @Nullable String conditionReason,
    NodeCapacity capacity,
    NodeLoad load,
    long configVersion,
    long contentVersion,
    long revocationVersion,
    String inventoryDigest,
    int packagesHeld,
    long routesVersion) {
  public Heartbeat {
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
  }
}
