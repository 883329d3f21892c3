package io.tributary.steering.location;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Orders sets of origins, each once: a table of a million prefixes has few. For one thread. */
final class OriginSets {
  private final List<RouteOrigin> origins;
  private final Map<RouteOrigin, Integer> numbers;
  private final Map<List<Integer>, Integer> firstPlaces = new HashMap<>();
  private int[] places = new int[64];
  private int count;

  /**
   * Of these origins.
   *
   * @param numbers each one's index
   */
  OriginSets(List<RouteOrigin> origins, Map<RouteOrigin, Integer> numbers) {
    this.origins = origins;
    this.numbers = numbers;
  }

  /** By what {@link OriginTiers} knows a set, given as sorted numbers. */
  int firstPlace(List<Integer> set) {
    Integer known = firstPlaces.get(set);
    if (known != null) {
      return known;
    }
    int first = count;
    firstPlaces.put(List.copyOf(set), first);
    for (List<RouteOrigin> tier : OriginOrder.tiers(set.stream().map(origins::get).toList())) {
      for (RouteOrigin origin : tier) {
        add(Objects.requireNonNull(numbers.get(origin)));
      }
      places[count - 1] |= OriginTiers.ENDS_TIER;
    }
    places[count - 1] |= OriginTiers.ENDS_SET;
    return first;
  }

  private void add(int number) {
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
    }
    places[count++] = number;
  }

  /** All sets so far. */
  OriginTiers tiers() {
    return new OriginTiers(origins, Arrays.copyOf(places, count));
  }
}
