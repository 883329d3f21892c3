package io.tributary.steering.location;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every site of the fleet. Each has a number, from 0 by id, for whoever marks many of them.
 * Immutable; safe for use by many threads.
 */
public final class Sites {
  /** No site has this number. */
  static final int NONE = -1;

  private final List<SitePlace> all;

  /**
   * Ids, each where its hash says or at the next free place; at least half of the places are free.
   * Beside them their numbers, so that a decision, which asks for each holder's site, touches two
   * lines of memory and no entries.
   */
  private final @Nullable String[] ids;

  private final int[] numbers;

  /** Of these sites; where two have one id, of the last. */
  public Sites(Collection<SitePlace> sites) {
    Map<String, SitePlace> byId = new HashMap<>();
    sites.forEach(site -> byId.put(site.siteId(), site));
    this.all = byId.values().stream().sorted(Comparator.comparing(SitePlace::siteId)).toList();
    int places = 2 * Integer.highestOneBit(Math.max(1, 2 * all.size()));
    this.ids = new @Nullable String[places];
    this.numbers = new int[places];
    for (int number = 0; number < all.size(); number++) {
      int place = place(all.get(number).siteId());
      ids[place] = all.get(number).siteId();
      numbers[place] = number;
    }
  }

  /** The site of this id; empty if there is none. */
  public Optional<SitePlace> find(String siteId) {
    int number = number(siteId);
    return number == NONE ? Optional.empty() : Optional.of(all.get(number));
  }

  /** The number of the site of this id; {@link #NONE} if there is none. */
  int number(String siteId) {
    int place = place(siteId);
    return ids[place] == null ? NONE : numbers[place];
  }

  /** Where the id is, or would be. */
  private int place(String siteId) {
    int hash = siteId.hashCode();
    int place = (hash ^ (hash >>> 16)) & (ids.length - 1);
    for (String there = ids[place]; there != null && !there.equals(siteId); there = ids[place]) {
      place = (place + 1) & (ids.length - 1);
    }
    return place;
  }

  /** All, by number. */
  List<SitePlace> all() {
    return all;
  }
}
