package io.tributary.controlplane.placement;

import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.node.PlannedPackage;
import io.tributary.controlplane.placement.PlaceableNode.Presence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Decides which nodes hold which packages, by weighted rendezvous hashing (highest random weight):
 * for node {@code n} and package {@code p}, {@code score = storeBytes(n) / -ln(u(n, p))} with
 * {@code u} a hash in (0, 1); the best scores win. So each node gets its share by capacity, and
 * every planner decides the same.
 *
 * <p>In this order: what is placed stays, as long as its node is not {@link Presence#GONE} and the
 * copy is not stuck; each package gets its copies, at sites that have none of it before sites that
 * have; a package whose copies are all at one site gets one more where another site can take it; no
 * node is planned more than it can store. Packages are taken by title and version.
 *
 * <p>Pure and stateless. Safe for use by many threads.
 */
public final class RendezvousPlacement {
  private final int copies;

  public RendezvousPlacement(int copies) {
    this.copies = copies;
  }

  /**
   * Plans the whole fleet.
   *
   * @param nodes every node
   * @param packages every package that should be held
   * @param current the plans in force by node
   * @param stuck whether a node will hardly ever have a package that it is planned
   */
  public Placement plan(
      Collection<PlaceableNode> nodes,
      Collection<KnownPackage> packages,
      Map<String, NodePlan> current,
      BiPredicate<String, PackageRef> stuck) {
    Round round = new Round(nodes, packages, current, stuck);
    return round.placement();
  }

  /**
   * What should be held where.
   *
   * @param plans every node's packages by title and version; empty lists included
   * @param shortfalls packages with fewer copies than wanted, because no node could take more
   */
  public record Placement(Map<String, List<PlannedPackage>> plans, List<PackageRef> shortfalls) {}

  private final class Round {
    private final Map<String, PlaceableNode> nodes = new TreeMap<>();
    private final List<KnownPackage> packages;
    private final Map<PackageRef, Set<String>> holders = new HashMap<>();
    private final Map<String, Long> freeBytes = new HashMap<>();
    private final BiPredicate<String, PackageRef> stuck;

    Round(
        Collection<PlaceableNode> nodes,
        Collection<KnownPackage> packages,
        Map<String, NodePlan> current,
        BiPredicate<String, PackageRef> stuck) {
      this.stuck = stuck;
      nodes.forEach(node -> this.nodes.put(node.id(), node));
      nodes.forEach(node -> freeBytes.put(node.id(), node.storeBytes()));
      this.packages =
          packages.stream()
              .sorted(
                  Comparator.comparing(KnownPackage::titleId)
                      .thenComparing(KnownPackage::packageVersion))
              .toList();
      Set<PackageRef> known = new HashSet<>();
      packages.forEach(each -> known.add(each.ref()));
      current.forEach((nodeId, plan) -> {
        if (this.nodes.containsKey(nodeId)) {
          for (PlannedPackage planned : plan.packages()) {
            if (known.contains(planned.ref())) {
              holders.computeIfAbsent(planned.ref(), none -> new LinkedHashSet<>()).add(nodeId);
              freeBytes.merge(nodeId, -planned.bytes(), Long::sum);
            }
          }
        }
      });
    }

    Placement placement() {
      Map<String, List<PlannedPackage>> plans = new TreeMap<>();
      nodes.keySet().forEach(id -> plans.put(id, new ArrayList<>()));
      List<PackageRef> shortfalls = new ArrayList<>();
      for (KnownPackage each : packages) {
        Set<String> chosen = choose(each);
        if (chosen.size() < copies) {
          shortfalls.add(each.ref());
        }
        chosen.forEach(
            id -> plans.computeIfAbsent(id, none -> new ArrayList<>()).add(each.planned()));
      }
      return new Placement(plans, shortfalls);
    }

    private Set<String> choose(KnownPackage each) {
      Set<String> before = holders.getOrDefault(each.ref(), Set.of());
      Set<String> chosen = new LinkedHashSet<>(before);
      chosen.removeIf(id -> node(id).presence() == Presence.GONE || stuck.test(id, each.ref()));
      while (chosen.size() < copies
          && (addBest(each, before, chosen, node -> !sites(chosen).contains(node.siteId()))
              || addBest(each, before, chosen, node -> true))) {
        // Each turn adds one copy.
      }
      if (copies > 1 && chosen.size() >= copies && sites(chosen).size() == 1) {
        addBest(each, before, chosen, node -> !sites(chosen).contains(node.siteId()));
      }
      // A copy on a node that may never come back, or never take it, is better than a promise
      // nobody can keep.
      before.stream().filter(id -> chosen.size() < copies).forEach(chosen::add);
      return chosen;
    }

    private boolean addBest(
        KnownPackage each, Set<String> before, Set<String> chosen, Predicate<PlaceableNode> fits) {
      return nodes.values().stream()
          .filter(node -> node.presence() == Presence.PRESENT)
          .filter(node -> !chosen.contains(node.id()) && !before.contains(node.id()))
          .filter(node -> freeBytes.getOrDefault(node.id(), 0L) >= each.bytes())
          .filter(fits)
          .max(
              Comparator.<PlaceableNode>comparingDouble(node -> score(node, each))
                  .thenComparing(PlaceableNode::id))
          .map(node -> {
            freeBytes.merge(node.id(), -each.bytes(), Long::sum);
            return chosen.add(node.id());
          })
          .orElse(false);
    }

    private PlaceableNode node(String id) {
      return Objects.requireNonNull(nodes.get(id), id);
    }

    private Set<String> sites(Set<String> ids) {
      Set<String> sites = new HashSet<>();
      ids.forEach(id -> sites.add(node(id).siteId()));
      return sites;
    }
  }

  private static double score(PlaceableNode node, KnownPackage each) {
    long hash = hash(node.id() + "|" + each.titleId() + "/" + each.packageVersion());
    double unit = ((hash >>> 11) + 0.5) * 0x1.0p-53;
    return node.storeBytes() / -Math.log(unit);
  }

  /** FNV-1a with the finalizer of SplitMix64: FNV alone leaves its high bits too alike. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
