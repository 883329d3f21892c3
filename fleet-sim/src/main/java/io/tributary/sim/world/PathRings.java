package io.tributary.sim.world;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Consistent hashing of paths over each site's nodes: a node has points on its site's ring in
 * proportion to its capacity, and a path goes to the nodes of the points from its own on. For one
 * thread.
 */
public final class PathRings {
  /** Of the smallest node. */
  private static final int POINTS = 100;

  private static final int MOST_POINTS = 1_000;

  private final List<TreeMap<Long, Node>> rings = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final List<Map<String, List<Node>>> known = new ArrayList<>();

  /** The rings of these nodes. */
  public PathRings(List<Node> nodes, int sites) {
    long least = nodes.stream().mapToLong(Node::egressCapacityBitsPerSecond).min().orElseThrow();
    for (int i = 0; i < sites; i++) {
      rings.add(new TreeMap<>());
      sizes.add(0);
      known.add(new HashMap<>());
    }
    for (Node node : nodes) {
      long points = POINTS * node.egressCapacityBitsPerSecond() / least;
      for (int i = 0; i < Math.min(MOST_POINTS, points); i++) {
        rings.get(node.site().index()).put(hash(node.id() + "--" + i), node);
      }
      sizes.set(node.site().index(), sizes.get(node.site().index()) + 1);
    }
  }

  /** All nodes of the site in the path's order. */
  public List<Node> order(int site, String path) {
    return known.get(site).computeIfAbsent(path, unknown -> walk(site, unknown));
  }

  private List<Node> walk(int site, String path) {
    TreeMap<Long, Node> ring = rings.get(site);
    long from = hash(path);
    Set<Node> order = new LinkedHashSet<>(ring.tailMap(from).values());
    if (order.size() < sizes.get(site)) {
      order.addAll(ring.headMap(from).values());
    }
    return List.copyOf(order);
  }

  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
