package io.tributary.contracts.event;

import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact: a node was heard. Written by whichever control-plane replica took the heartbeat.
 *
 * @param nodeId the node
 * @param siteId from its certificate
 * @param incarnation as sent
 * @param sequence as sent
 * @param receivedAt the control plane's clock
 * @param clockSkewMillis the node's clock less ours
 * @param endpoints as sent
 * @param condition as sent, in lower case
 * @param conditionReason as sent, cut to one short line
 * @param capacity as sent
 * @param load as sent
 * @param configVersion confirmed
 * @param contentVersion confirmed
 * @param revocationVersion confirmed
 * @param certificateNotAfter of the certificate it came with
 */
public record HeartbeatReceived(
    String nodeId,
    String siteId,
    long incarnation,
    long sequence,
    Instant receivedAt,
    long clockSkewMillis,
    List<NodeEndpoint> endpoints,
    String condition,
    @Nullable String conditionReason,
    NodeCapacity capacity,
    NodeLoad load,
    long configVersion,
    long contentVersion,
    long revocationVersion,
    Instant certificateNotAfter) {
  /** The envelope's type. */
  public static final String TYPE = "heartbeat-received";

  public HeartbeatReceived {
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
  }
}
