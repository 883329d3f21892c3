package io.tributary.controlplane.fill;

import io.tributary.contracts.media.PackageRef;
import io.tributary.controlplane.copies.CopyFacts.Evidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Every node's confirmed holdings as last read or written here. {@link #refresh} is for the control
 * plane's own loop, each second; the rest is safe for use by many threads.
 *
 * <p>Nobody waits for the store on another's behalf: of one node, one {@link #put} waits for the
 * one before it; the board itself is locked only to take an outcome in.
 */
public final class HoldingBoard {
  private final HoldingStore store;

  /** One a node that ever put something here. */
  private final Map<String, Lock> turns = new ConcurrentHashMap<>();

  private volatile Map<String, NodeHoldings> nodes = Map.of();
  private volatile boolean isLoaded;

  public HoldingBoard(HoldingStore store) {
    this.store = store;
  }

  /** Reads what changed; throws and keeps what it has if the store is away. */
  public void refresh() {
    Map<String, NodeHoldings> before = nodes;
    Map<String, NodeHoldings> read = new HashMap<>();
    store
        .heads()
        .forEach((nodeId, head) -> {
          NodeHoldings known = before.getOrDefault(nodeId, NodeHoldings.NONE);
          read.put(nodeId, known.head().equals(head) ? known : load(nodeId, head, known));
        });
    replace(before, read);
  }

  /** What was put meanwhile may be newer than what was read; the next refresh tells. */
  private synchronized void replace(
      Map<String, NodeHoldings> before, Map<String, NodeHoldings> read) {
    nodes.forEach((nodeId, now) -> {
      if (!now.equals(before.get(nodeId))) {
        read.put(nodeId, now);
      }
    });
    nodes = read;
    isLoaded = true;
  }

  /** Whether the store was ever read. */
  public boolean isLoaded() {
    return isLoaded;
  }

  /** What a node has confirmed. */
  public NodeHoldings of(String nodeId) {
    return nodes.getOrDefault(nodeId, NodeHoldings.NONE);
  }

  /** Whether a node confirmed a package; before the first read it may have. */
  public boolean mayHold(String nodeId, PackageRef ref) {
    return !isLoaded || of(nodeId).packages().contains(ref);
  }

  /** What a node's last inventory proved of a package. */
  public Evidence evidence(String nodeId, PackageRef ref) {
    NodeHoldings known = of(nodeId);
    return new Evidence(known.head().contentVersion(), known.packages().contains(ref));
  }

  /** Every node's. Not to be changed. */
  public Map<String, NodeHoldings> all() {
    return nodes;
  }

  /** The nodes that confirmed a package, by id. */
  public List<String> holders(PackageRef ref) {
    return nodes.entrySet().stream()
        .filter(each -> each.getValue().packages().contains(ref))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Replaces what a node holds; throws if the store is away. */
  NodeHoldings put(String nodeId, String digest, long contentVersion, Set<PackageRef> packages) {
    NodeHoldings holdings =
        new NodeHoldings(
            new HoldingHead(digest, contentVersion, UUID.randomUUID().toString(), packages.size()),
            packages);
    Lock turn = turns.computeIfAbsent(nodeId, id -> new ReentrantLock());
    turn.lock();
    try {
      store.put(nodeId, of(nodeId).head(), holdings);
      set(nodeId, holdings);
    } finally {
      turn.unlock();
    }
    return holdings;
  }

  private synchronized void set(String nodeId, NodeHoldings holdings) {
    Map<String, NodeHoldings> fresh = new HashMap<>(nodes);
    fresh.put(nodeId, holdings);
    nodes = fresh;
  }

  /** A state that was replaced while it was read is left for the next round. */
  private NodeHoldings load(String nodeId, HoldingHead head, NodeHoldings known) {
    Set<PackageRef> content = store.content(nodeId, head);
    return content.size() == head.packages() ? new NodeHoldings(head, content) : known;
  }
}
