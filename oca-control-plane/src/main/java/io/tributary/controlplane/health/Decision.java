package io.tributary.controlplane.health;

import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.node.NodeEndpoint;
import java.util.List;

/** What the detector wants done. */
public sealed interface Decision {
  /**
   * This verdict should be said.
   *
   * @param isNews whether the health changed; else only its figures did
   */
  record Say(NodeVerdict verdict, boolean isNews) implements Decision {}

  /**
   * These addresses should be tried; the outcome goes to {@link Detector#probed}. Of a node no
   * second probe is asked for before the first one's outcome.
   */
  record Probe(String nodeId, List<NodeEndpoint> endpoints) implements Decision {
    public Probe {
      endpoints = List.copyOf(endpoints);
    }
  }

  /**
   * Nodes fell silent, and too many at once: they stay as they are. Somebody should look.
   *
   * @param nodeIds the silent ones, by id
   */
  record Withheld(List<String> nodeIds) implements Decision {
    public Withheld {
      nodeIds = List.copyOf(nodeIds);
    }
  }
}
