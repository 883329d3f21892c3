package io.tributary.controlplane.health;

import io.tributary.contracts.node.NodeEndpoint;
import java.time.Duration;
import java.util.List;

/** Tries nodes' addresses. Safe for use by many threads. */
public interface EndpointProbe {
  /** The longest that a probe takes, however many addresses it tries: they are tried together. */
  Duration LONGEST = Duration.ofSeconds(1);

  /** What became of each address, in the same order. */
  List<ProbeOutcome> tried(String nodeId, List<NodeEndpoint> endpoints);
}
