package io.tributary.steering.snapshot;

import io.tributary.contracts.event.NodeHealth;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict says of a node, without the figures that change at every heartbeat.
 *
 * @param nodeId the node
 * @param siteId where it stands
 * @param health whether it may be named
 * @param reason for people
 * @param baseUrl of its first endpoint, without a slash at its end; null while it has none
 * @param certificateNotAfter after which it may not be named
 */
public record KnownNode(
    String nodeId,
    String siteId,
    NodeHealth health,
    String reason,
    @Nullable String baseUrl,
    Instant certificateNotAfter) {
  /** One text of each id in the process: decisions compare and look them up all the time. */
  public KnownNode {
    nodeId = nodeId.intern();
    siteId = siteId.intern();
  }
}
