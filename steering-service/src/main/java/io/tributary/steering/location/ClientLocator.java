package io.tributary.steering.location;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds which sites are near a client.
 *
 * <ol>
 *   <li>Those that reach a prefix of its address: a more specific prefix always goes first, so that
 *       a full site falls back to those of the covering one; within a prefix by the operator's
 *       preference, the shorter AS path, the lower MED of one neighbour.
 *   <li>Those that stand near where the address is on Earth.
 *   <li>The default site.
 *   <li>All others.
 * </ol>
 *
 * <p>A site is named where it is nearest and not again. Equal inputs give equal answers. Immutable;
 * safe for use by many threads.
 */
public final class ClientLocator {
  private final PrefixTable table;
  private final Sites sites;
  private final Geography geography;
  private final @Nullable String defaultSiteId;
  private final GeographicOrder byDistance;

  /**
   * Of one state of the fleet.
   *
   * @param table may name sites that are not in {@code sites}; they are left out
   * @param defaultSiteId for clients of whom nothing else is known; null for none
   */
  public ClientLocator(
      PrefixTable table, Sites sites, Geography geography, @Nullable String defaultSiteId) {
    this.table = table;
    this.sites = sites;
    this.geography = geography;
    this.defaultSiteId = defaultSiteId;
    this.byDistance = new GeographicOrder(sites);
  }

  /** Locates a client by its address. Never throws. */
  public ClientLocation locate(InetAddress address) {
    Set<String> seen = new HashSet<>();
    List<Tier> byPrefix = new ArrayList<>();
    for (int entry = table.find(address); entry != PrefixTable.NONE; entry = table.parent(entry)) {
      addTiers(entry, seen, byPrefix);
    }
    return new ClientLocation(address, byPrefix, () -> beyond(address, new HashSet<>(seen)));
  }

  private void addTiers(int entry, Set<String> seen, List<Tier> tiers) {
    for (List<RouteOrigin> origins : table.originTiers(entry)) {
      List<RouteOrigin> news = new ArrayList<>(origins.size());
      List<String> siteIds = new ArrayList<>(origins.size());
      for (RouteOrigin origin : origins) {
        if (sites.find(origin.siteId()).isPresent() && seen.add(origin.siteId())) {
          news.add(origin);
          siteIds.add(origin.siteId());
        }
      }
      if (!news.isEmpty()) {
        Found found = new Found.ByPrefix(table.prefix(entry), List.copyOf(news));
        tiers.add(new Tier(List.copyOf(siteIds), found));
      }
    }
  }

  private List<Tier> beyond(InetAddress address, Set<String> seen) {
    List<Tier> tiers = new ArrayList<>();
    Optional<Coordinates> client = geography.find(address);
    if (client.isPresent()) {
      tiers.addAll(byDistance.tiers(client.get(), seen));
    }
    if (defaultSiteId != null && sites.find(defaultSiteId).isPresent() && seen.add(defaultSiteId)) {
      tiers.add(new Tier(List.of(defaultSiteId), new Found.ByDefault()));
    }
    List<String> others = new ArrayList<>(sites.all().size());
    for (SitePlace site : sites.all()) {
      if (!seen.contains(site.siteId())) {
        others.add(site.siteId());
      }
    }
    if (!others.isEmpty()) {
      tiers.add(new Tier(Collections.unmodifiableList(others), new Found.Otherwise()));
    }
    return tiers;
  }
}
