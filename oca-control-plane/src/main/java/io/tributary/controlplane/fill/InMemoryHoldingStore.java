package io.tributary.controlplane.fill;

import io.tributary.contracts.media.PackageRef;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link HoldingStore} that forgets: for tests. */
public final class InMemoryHoldingStore implements HoldingStore {
  private final Map<String, NodeHoldings> nodes = new ConcurrentHashMap<>();

  @Override
  public Map<String, HoldingHead> heads() {
    Map<String, HoldingHead> heads = new TreeMap<>();
    nodes.forEach((node, holdings) -> heads.put(node, holdings.head()));
    return heads;
  }

  @Override
  public Set<PackageRef> content(String nodeId, HoldingHead head) {
    NodeHoldings holdings = nodes.getOrDefault(nodeId, NodeHoldings.NONE);
    return holdings.head().equals(head) ? holdings.packages() : Set.of();
  }

  @Override
  public void put(String nodeId, HoldingHead before, NodeHoldings holdings) {
    nodes.put(nodeId, holdings);
  }
}
