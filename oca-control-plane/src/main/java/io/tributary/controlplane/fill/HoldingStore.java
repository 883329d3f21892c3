package io.tributary.controlplane.fill;

import io.tributary.contracts.media.PackageRef;
import java.util.Map;
import java.util.Set;

/**
 * What nodes have confirmed. The last writer wins: a wrong winner's digest differs from the node's,
 * and the next heartbeat asks for the inventory again. May throw {@link
 * io.tributary.controlplane.store.StoreUnavailableException}. Safe for use by many threads and
 * replicas.
 */
public interface HoldingStore {
  /** The state of every node that ever confirmed anything. */
  Map<String, HoldingHead> heads();

  /** A state's packages; empty if it is gone because a newer one is there. */
  Set<PackageRef> content(String nodeId, HoldingHead head);

  /**
   * Replaces what a node holds.
   *
   * @param before the state it replaces, whose content may be forgotten
   */
  void put(String nodeId, HoldingHead before, NodeHoldings holdings);
}
