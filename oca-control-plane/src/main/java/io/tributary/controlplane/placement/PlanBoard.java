package io.tributary.controlplane.placement;

import io.tributary.controlplane.copies.PlannedCopy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every node's plan as last read, so that nodes are answered without asking the store. Plans share
 * their packages' entries, so a thousand nodes with a thousand packages each take about ten
 * megabytes. Refreshed each second by the control plane's own loop; safe for use by many threads.
 */
public final class PlanBoard {
  private final PlacementStore store;
  private final Map<PlannedCopy, PlannedCopy> shared = new HashMap<>();
  private volatile Map<String, NodePlan> plans = Map.of();
  private volatile boolean isLoaded;

  public PlanBoard(PlacementStore store) {
    this.store = store;
  }

  /** Reads the plans that changed; throws and keeps what it has if the store is away. */
  public synchronized void refresh() {
    Map<String, NodePlan> fresh = new ConcurrentHashMap<>();
    store
        .heads()
        .forEach((nodeId, head) -> {
          NodePlan known = plans.getOrDefault(nodeId, NodePlan.NONE);
          fresh.put(nodeId, known.head().equals(head) ? known : load(nodeId, head, known));
        });
    plans = fresh;
    isLoaded = true;
  }

  /** Whether the store was ever read. */
  public boolean isLoaded() {
    return isLoaded;
  }

  /** The node's plan; {@link NodePlan#NONE} where none is known. */
  public NodePlan plan(String nodeId) {
    return plans.getOrDefault(nodeId, NodePlan.NONE);
  }

  /** Every plan by node. Not to be changed. */
  public Map<String, NodePlan> plans() {
    return plans;
  }

  /** A plan that was replaced while it was read is left for the next round. */
  private NodePlan load(String nodeId, PlanHead head, NodePlan known) {
    List<PlannedCopy> content = store.content(nodeId, head);
    return content.size() == head.packages() ? new NodePlan(head, share(content)) : known;
  }

  private List<PlannedCopy> share(List<PlannedCopy> copies) {
    return copies.stream().map(entry -> shared.computeIfAbsent(entry, same -> same)).toList();
  }
}
