package io.tributary.steering.location;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets of origins, each best first with equally good ones together: one after the other in a flat
 * array, so that whoever goes along a chain of prefixes meets no object on the way. A set is known
 * by the place of its first origin. Immutable, but for words that are made once; safe for use by
 * many threads.
 */
final class OriginTiers {
  /** Beside an origin's number: none that is as good follows. */
  static final int ENDS_TIER = 1 << 30;

  /** Beside an origin's number: it is the set's last. */
  static final int ENDS_SET = 1 << 31;

  private final List<RouteOrigin> origins;
  private final int[] places;

  /** Of each origin that was ever told of, its words: records tell of the same ones again. */
  private final @Nullable String[] words;

  /**
   * Of these origins.
   *
   * @param places at each the number of an origin and what ends there
   */
  OriginTiers(List<RouteOrigin> origins, int[] places) {
    this.origins = List.copyOf(origins);
    this.places = places;
    this.words = new @Nullable String[origins.size()];
  }

  /** All origins, by number. */
  List<RouteOrigin> origins() {
    return origins;
  }

  /** As {@link RouteOrigin#appendTo} has the origin of this number. */
  String words(int number) {
    String known = words[number];
    if (known == null) {
      StringBuilder made = new StringBuilder();
      origins.get(number).appendTo(made);
      known = made.toString();
      words[number] = known; // whoever makes it at the same time makes the same
    }
    return known;
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
