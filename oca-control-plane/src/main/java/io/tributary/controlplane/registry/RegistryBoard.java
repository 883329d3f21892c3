package io.tributary.controlplane.registry;

import io.tributary.controlplane.store.StoreUnavailableException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The nodes as last read, so that hearing a node never waits for the store. Refreshed each second
 * by the control plane's own loop; safe for use by many threads.
 */
public final class RegistryBoard {
  private final Registry registry;
  private volatile Optional<Map<String, RegisteredNode>> nodes = Optional.empty();

  public RegistryBoard(Registry registry) {
    this.registry = registry;
  }

  /** Reads all nodes; throws {@link StoreUnavailableException} and keeps the last ones. */
  public void refresh() {
    Map<String, RegisteredNode> fresh = new TreeMap<>();
    registry.nodes().forEach(node -> fresh.put(node.id(), node));
    nodes = Optional.of(fresh);
  }

  /** Every node as last read, by id; empty before the first read. Not to be changed. */
  public Optional<Map<String, RegisteredNode>> nodes() {
    return nodes;
  }

  /**
   * Whether a node with a good certificate may come in. One that was not there at the last read is
   * looked up, since it may have enrolled a moment ago through another replica. While the store is
   * away a certificate is enough.
   */
  public Standing standing(String nodeId) {
    Optional<RegisteredNode> known = nodes.flatMap(all -> Optional.ofNullable(all.get(nodeId)));
    if (known.isEmpty()) {
      try {
        known = registry.node(nodeId);
      } catch (StoreUnavailableException e) {
        return Standing.WELCOME;
      }
      if (known.isEmpty()) {
        return Standing.UNKNOWN;
      }
    }
    return known.get().revoked() ? Standing.REVOKED : Standing.WELCOME;
  }

  /**
   * Whether an operator wants this node to drain.
   *
   * @param untilRead the answer before the first read
   */
  public boolean isDrainWanted(String nodeId, boolean untilRead) {
    return nodes
        .map(all -> Optional.ofNullable(all.get(nodeId)).map(RegisteredNode::drain).orElse(false))
        .orElse(untilRead);
  }

  /** What the registry says of a certificate's owner. */
  public enum Standing {
    /** Registered, or not to be found out now. */
    WELCOME,
    /** Its identity was withdrawn. */
    REVOKED,
    /** Nobody wrote it down. */
    UNKNOWN
  }
}
