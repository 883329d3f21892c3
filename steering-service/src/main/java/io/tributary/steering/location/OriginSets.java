package io.tributary.steering.location;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers sets of origins, so that each is ordered once and there once. For one thread. */
final class OriginSets {
  private final List<RouteOrigin> origins;
  private final Map<List<Integer>, Integer> numbers = new HashMap<>();
  private final List<List<List<RouteOrigin>>> tiers = new ArrayList<>();

  /** Of these origins, known by their index. */
  OriginSets(List<RouteOrigin> origins) {
    this.origins = origins;
  }

  /** The number of a set, given as sorted indexes. */
  int number(List<Integer> set) {
    Integer known = numbers.get(set);
    if (known != null) {
      return known;
    }
    tiers.add(OriginOrder.tiers(set.stream().map(origins::get).toList()));
    numbers.put(List.copyOf(set), tiers.size() - 1);
    return tiers.size() - 1;
  }

  /** By number: the set's origins, best first, equally good ones together. */
  List<List<List<RouteOrigin>>> tiers() {
    return tiers;
  }
}
