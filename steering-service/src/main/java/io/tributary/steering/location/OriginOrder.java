package io.tributary.steering.location;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Orders the origins of one prefix: the operator's preference, then the shorter AS path, then the
 * lower MED; what is equal in all three stays together.
 *
 * <p>MEDs of different neighbours say nothing about each other, and comparing them in pairs makes
 * an order that depends on where one begins (RFC 4451, 2.1). So each neighbour's routes are ranked
 * among themselves: its lowest MED has rank 0, the next 1. The ranks are compared. Pure.
 */
final class OriginOrder {
  private OriginOrder() {}

  private record Rank(int preference, int asPathLength, int medRank) implements Comparable<Rank> {
    private static final Comparator<Rank> BEST_FIRST =
        Comparator.comparingInt(Rank::preference)
            .reversed()
            .thenComparingInt(Rank::asPathLength)
            .thenComparingInt(Rank::medRank);

    @Override
    public int compareTo(Rank other) {
      return BEST_FIRST.compare(this, other);
    }
  }

  private record Rivals(int preference, int asPathLength, long neighbourAsn) {
    static Rivals of(RouteOrigin origin) {
      return new Rivals(origin.preference(), origin.asPathLength(), origin.neighbourAsn());
    }
  }

  /**
   * The origins, best first, the equally good ones together; of each site its best alone. The same
   * whatever order they come in.
   */
  static List<List<RouteOrigin>> tiers(Collection<RouteOrigin> origins) {
    if (origins.size() == 1) {
      return List.of(List.copyOf(origins)); // of most prefixes
    }
    Map<Rivals, NavigableSet<Long>> meds = new HashMap<>();
    for (RouteOrigin origin : origins) {
      meds.computeIfAbsent(Rivals.of(origin), rivals -> new TreeSet<>()).add(origin.med());
    }
    TreeMap<Rank, TreeSet<RouteOrigin>> byRank = new TreeMap<>();
    for (RouteOrigin origin : origins) {
      NavigableSet<Long> rivals = meds.getOrDefault(Rivals.of(origin), new TreeSet<>());
      int medRank = origin.neighbourAsn() == 0 ? 0 : rivals.headSet(origin.med(), false).size();
      Rank rank = new Rank(origin.preference(), origin.asPathLength(), medRank);
      byRank.computeIfAbsent(rank, absent -> new TreeSet<>()).add(origin);
    }
    List<List<RouteOrigin>> tiers = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (TreeSet<RouteOrigin> equals : byRank.values()) {
      List<RouteOrigin> tier = equals.stream().filter(origin -> seen.add(origin.siteId())).toList();
      if (!tier.isEmpty()) {
        tiers.add(tier);
      }
    }
    return List.copyOf(tiers);
  }
}
