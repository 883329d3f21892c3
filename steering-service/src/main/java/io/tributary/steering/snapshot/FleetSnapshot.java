package io.tributary.steering.snapshot;

import io.tributary.contracts.event.RoutesJudged;
import io.tributary.contracts.media.PackageRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fleet at one instant: every node's verdict and which node holds which package. Immutable, so
 * that one decision sees one fleet; the next one is made by {@link #edit} and shares with this one
 * all that did not change. Safe for use by many threads.
 */
public final class FleetSnapshot {
  /** An edit copies the shards it touches: a power of two that keeps each in the hundreds. */
  private static final int SHARDS = 256;

  /** Nothing is known. */
  public static final FleetSnapshot EMPTY =
      new FleetSnapshot(
          0,
          new TreeMap<>(),
          Map.of(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.nCopies(SHARDS, Map.of()),
          0,
          0);

  private final long version;
  private final SortedMap<String, KnownNode> nodes;

  /** The same ones: a decision asks for many by their ids. */
  private final Map<String, KnownNode> nodesById;

  private final SortedMap<String, KnownSite> sites;
  private final SortedMap<String, RoutesJudged> routes;
  private final List<Map<PackageRef, Holders>> shards;
  private final int packages;
  private final int holdings;

  private FleetSnapshot(
      long version,
      SortedMap<String, KnownNode> nodes,
      Map<String, KnownNode> nodesById,
      SortedMap<String, KnownSite> sites,
      SortedMap<String, RoutesJudged> routes,
      List<Map<PackageRef, Holders>> shards,
      int packages,
      int holdings) {
    this.version = version;
    this.nodes = nodes;
    this.nodesById = nodesById;
    this.sites = sites;
    this.routes = routes;
    this.shards = shards;
    this.packages = packages;
    this.holdings = holdings;
  }

  /** Grows with each change. */
  public long version() {
    return version;
  }

  /** Every node with a verdict, by id. */
  public SortedMap<String, KnownNode> nodes() {
    return Collections.unmodifiableSortedMap(nodes);
  }

  /** How many nodes have a verdict. */
  public int nodeCount() {
    return nodesById.size();
  }

  /** The node of this id; null without a verdict. */
  public @Nullable KnownNode node(String nodeId) {
    return nodesById.get(nodeId);
  }

  /**
   * Every site that the operator has described, by id; the same object as long as none changed.
   * Nodes may stand at others.
   */
  public SortedMap<String, KnownSite> sites() {
    return sites;
  }

  /**
   * Pages of what nodes heard from their sites' routers, by {@link RoutesJudged#key}; the same
   * object as long as none changed.
   */
  public SortedMap<String, RoutesJudged> routes() {
    return routes;
  }

  /** The nodes that confirmed the package, by id; empty if none did. Some may have no verdict. */
  public Holders holders(PackageRef ref) {
    return shards.get(shard(ref)).getOrDefault(ref, Holders.NONE);
  }

  /** Packages that at least one node holds. */
  public int packages() {
    return packages;
  }

  /** Pairs of node and package. */
  public int holdings() {
    return holdings;
  }

  /** All holdings, in no order. */
  public Map<PackageRef, Holders> holdersByPackage() {
    Map<PackageRef, Holders> all = new HashMap<>();
    shards.forEach(all::putAll);
    return all;
  }

  /** Begins the next snapshot. */
  public Edit edit() {
    return new Edit(this);
  }

  /** The same facts under at least this version: what was told once never gets a lower one. */
  FleetSnapshot atLeast(long leastVersion) {
    return version >= leastVersion
        ? this
        : new FleetSnapshot(
            leastVersion, nodes, nodesById, sites, routes, shards, packages, holdings);
  }

  private static int shard(PackageRef ref) {
    int hash = ref.hashCode();
    return (hash ^ (hash >>> 16)) & (SHARDS - 1);
  }

  /** Changes on the way to the next snapshot. For one thread. */
  public static final class Edit {
    private final FleetSnapshot base;
    private @Nullable SortedMap<String, KnownNode> nodes;
    private @Nullable SortedMap<String, KnownSite> sites;
    private @Nullable SortedMap<String, RoutesJudged> routes;
    private @Nullable List<Map<PackageRef, Holders>> shards;
    private final boolean[] copied = new boolean[SHARDS];
    private int packages;
    private int holdings;

    private Edit(FleetSnapshot base) {
      this.base = base;
      this.packages = base.packages;
      this.holdings = base.holdings;
    }

    /** A node's verdict, in the place of its last one. */
    public Edit put(KnownNode node) {
      SortedMap<String, KnownNode> now = nodes == null ? base.nodes : nodes;
      if (!node.equals(now.get(node.nodeId()))) {
        ownNodes().put(node.nodeId(), node);
      }
      return this;
    }

    /** The fleet no longer speaks of the node. */
    public Edit remove(String nodeId) {
      SortedMap<String, KnownNode> now = nodes == null ? base.nodes : nodes;
      if (now.containsKey(nodeId)) {
        ownNodes().remove(nodeId);
      }
      return this;
    }

    /** What is said of a site, in the place of what was said last. */
    public Edit put(KnownSite site) {
      String siteId = site.place().siteId();
      SortedMap<String, KnownSite> now = sites == null ? base.sites : sites;
      if (!site.equals(now.get(siteId))) {
        ownSites().put(siteId, site);
      }
      return this;
    }

    /** There is no such site any more. */
    public Edit removeSite(String siteId) {
      SortedMap<String, KnownSite> now = sites == null ? base.sites : sites;
      if (now.containsKey(siteId)) {
        ownSites().remove(siteId);
      }
      return this;
    }

    /** A page of a node's routes, in the place of the last one. */
    public Edit put(RoutesJudged page) {
      ownRoutes().put(RoutesJudged.key(page.nodeId(), page.page()), page);
      return this;
    }

    /** There is no such page any more. */
    public Edit removeRoutes(String key) {
      SortedMap<String, RoutesJudged> now = routes == null ? base.routes : routes;
      if (now.containsKey(key)) {
        ownRoutes().remove(key);
      }
      return this;
    }

    /** The node confirmed the package. */
    public Edit hold(String nodeId, PackageRef ref) {
      Holders before = holders(ref);
      if (!before.contains(nodeId)) {
        ownShard(ref).put(ref, before.with(nodeId));
        holdings++;
        packages += before.isEmpty() ? 1 : 0;
      }
      return this;
    }

    /** The node no longer holds the package. */
    public Edit release(String nodeId, PackageRef ref) {
      Holders before = holders(ref);
      if (before.contains(nodeId)) {
        Holders after = before.without(nodeId);
        holdings--;
        if (after.isEmpty()) {
          ownShard(ref).remove(ref);
          packages--;
        } else {
          ownShard(ref).put(ref, after);
        }
      }
      return this;
    }

    /** The snapshot with the changes; the same object if there were none. */
    public FleetSnapshot done() {
      if (nodes == null && sites == null && routes == null && shards == null) {
        return base;
      }
      return new FleetSnapshot(
          base.version + 1,
          nodes == null ? base.nodes : nodes,
          nodes == null ? base.nodesById : new HashMap<>(nodes),
          sites == null ? base.sites : Collections.unmodifiableSortedMap(sites),
          routes == null ? base.routes : Collections.unmodifiableSortedMap(routes),
          shards == null ? base.shards : shards,
          packages,
          holdings);
    }

    private Holders holders(PackageRef ref) {
      List<Map<PackageRef, Holders>> now = shards == null ? base.shards : shards;
      return now.get(shard(ref)).getOrDefault(ref, Holders.NONE);
    }

    private SortedMap<String, KnownNode> ownNodes() {
      if (nodes == null) {
        nodes = new TreeMap<>(base.nodes);
      }
      return nodes;
    }

    private SortedMap<String, KnownSite> ownSites() {
      if (sites == null) {
        sites = new TreeMap<>(base.sites);
      }
      return sites;
    }

    private SortedMap<String, RoutesJudged> ownRoutes() {
      if (routes == null) {
        routes = new TreeMap<>(base.routes);
      }
      return routes;
    }

    private Map<PackageRef, Holders> ownShard(PackageRef ref) {
      if (shards == null) {
        shards = new ArrayList<>(base.shards);
      }
      int shard = shard(ref);
      if (!copied[shard]) {
        shards.set(shard, new HashMap<>(shards.get(shard)));
        copied[shard] = true;
      }
      return shards.get(shard);
    }
  }
}
