package io.tributary.controlplane.health;

import io.tributary.contracts.node.NodeEndpoint;
import java.util.List;

/** Tries nodes' addresses. Safe for use by many threads. */
public interface EndpointProbe {
  /** Those addresses that answer as a node does, in the same order; may take seconds. */
  List<NodeEndpoint> reached(String nodeId, List<NodeEndpoint> endpoints);
}
