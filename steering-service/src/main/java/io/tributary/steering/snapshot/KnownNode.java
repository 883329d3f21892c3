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
  /** A site's nodes share its id: a decision compares sites all the time. */
  public KnownNode {
    siteId = siteId.intern();
  }
}
