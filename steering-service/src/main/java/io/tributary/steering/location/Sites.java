package io.tributary.steering.location;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every site of the fleet. Immutable; safe for use by many threads. */
public final class Sites {
  private final Map<String, SitePlace> byId = new HashMap<>();
  private final List<SitePlace> all;

  /** Of these sites; where two have one id, of the last. */
  public Sites(Collection<SitePlace> sites) {
    sites.forEach(site -> byId.put(site.siteId(), site));
    this.all = byId.values().stream().sorted(Comparator.comparing(SitePlace::siteId)).toList();
  }

  /** The site of this id; empty if there is none. */
  public Optional<SitePlace> find(String siteId) {
    return Optional.ofNullable(byId.get(siteId));
  }

  /** All, by id. */
  List<SitePlace> all() {
    return all;
  }
}
