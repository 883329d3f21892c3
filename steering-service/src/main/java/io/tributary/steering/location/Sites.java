package io.tributary.steering.location;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every site of the fleet. Each has a number, from 0 by id, for whoever marks many of them.
 * Immutable; safe for use by many threads.
 */
public final class Sites {
  /** No site has this number. */
  static final int NONE = -1;

  private final List<SitePlace> all;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** Of these sites; where two have one id, of the last. */
  public Sites(Collection<SitePlace> sites) {
    Map<String, SitePlace> byId = new HashMap<>();
    sites.forEach(site -> byId.put(site.siteId(), site));
    this.all = byId.values().stream().sorted(Comparator.comparing(SitePlace::siteId)).toList();
    for (int number = 0; number < all.size(); number++) {
      numbers.put(all.get(number).siteId(), number);
    }
  }

  /** The site of this id; empty if there is none. */
  public Optional<SitePlace> find(String siteId) {
    Integer number = numbers.get(siteId);
    return number == null ? Optional.empty() : Optional.of(all.get(number));
  }

  /** The number of the site of this id; {@link #NONE} if there is none. */
  int number(String siteId) {
    return numbers.getOrDefault(siteId, NONE);
  }

  /** All, by number. */
  List<SitePlace> all() {
    return all;
  }
}
