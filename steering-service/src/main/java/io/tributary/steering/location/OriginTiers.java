package io.tributary.steering.location;

import java.util.List;

/**
 * Sets of origins, each best first with equally good ones together: one after the other in a flat
 * array, so that whoever goes along a chain of prefixes meets no object on the way. A set is known
 * by the place of its first origin. Immutable; safe for use by many threads.
 */
final class OriginTiers {
  /** Beside an origin's number: none that is as good follows. */
  static final int ENDS_TIER = 1 << 30;

  /** Beside an origin's number: it is the set's last. */
  static final int ENDS_SET = 1 << 31;

  private final List<RouteOrigin> origins;
  private final int[] places;

  /**
   * Of these origins.
   *
   * @param places at each the number of an origin and what ends there
   */
  OriginTiers(List<RouteOrigin> origins, int[] places) {
    this.origins = List.copyOf(origins);
    this.places = places;
  }

  /** All origins, by number. */
  List<RouteOrigin> origins() {
    return origins;
  }

  /** Which origin is there: its number. */
  int number(int place) {
    return places[place] & ~(ENDS_TIER | ENDS_SET);
  }

  /** Whether the next one, if there is one in the set, is less good. */
  boolean endsTier(int place) {
    return (places[place] & ENDS_TIER) != 0;
  }

  /** Whether it is the last of the set. */
  boolean endsSet(int place) {
    return (places[place] & ENDS_SET) != 0;
  }
}
