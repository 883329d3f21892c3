package io.tributary.contracts.event;

import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fleet holds of a node. Written by the control-plane replica that owns the node's
 * partition.
 *
 * @param nodeId the node
 * @param siteId where it stands
 * @param health whether it may be named
 * @param reason for people and metrics, e.g. {@code silent for 3,200 ms}
 * @param since when this health began
 * @param incarnation of the last heartbeat
 * @param sequence of the last heartbeat
 * @param endpoints proven reachable
 * @param capacity as last told
 * @param load as last told
 * @param configVersion confirmed
 * @param contentVersion confirmed
 * @param certificateNotAfter after which it may not be named
 * @param condition what it says of itself, in lower case: a {@code degraded} one may be named for
 *     what it holds, and takes nothing new; null from writers that did not tell it
 * @param revocationVersion obeyed; 0 from writers that did not tell it
 */
public record NodeVerdict(
    String nodeId,
    String siteId,
    NodeHealth health,
    String reason,
    Instant since,
    long incarnation,
    long sequence,
    List<NodeEndpoint> endpoints,
    NodeCapacity capacity,
    NodeLoad load,
    long configVersion,
    long contentVersion,
    Instant certificateNotAfter,
    @Nullable String condition,
    Long revocationVersion) {
  /** The envelope's type. */
  public static final String TYPE = "node-verdict";

  /** The reason of one that drains because an operator said so: others read it. */
  public static final String DRAINED_BY_OPERATOR = "drained by an operator";

  public NodeVerdict {
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    revocationVersion = revocationVersion == null ? 0L : revocationVersion;
  }
}
