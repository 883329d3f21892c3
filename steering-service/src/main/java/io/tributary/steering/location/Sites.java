package io.tributary.steering.location;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every site of the fleet. Immutable; safe for use by many threads. */
public final class Sites {
  private final SortedMap<String, SitePlace> byId = new TreeMap<>();

  /** Of these sites; where two have one id, of the last. */
  public Sites(Collection<SitePlace> sites) {
    sites.forEach(site -> byId.put(site.siteId(), site));
  }

  /** The site of this id; empty if there is none. */
  public Optional<SitePlace> find(String siteId) {
    return Optional.ofNullable(byId.get(siteId));
  }

  /** All, by id. */
  List<SitePlace> all() {
    return List.copyOf(byId.values());
  }
}
