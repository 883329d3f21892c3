package io.tributary.steering.location;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out a client's tiers one after the other, the nearest first. A site is in the first tier
 * that has it. For one thread.
 */
final class TierWalk {
  private final ClientLocator locator;
  private final InetAddress address;
  private final PrefixTable table;
  private final OriginTiers originTiers;

  /** Numbers of the sites that were named. */
  private final BitSet seen;

  private int entry;

  /** Of the entry's origins the next one. */
  private int place;

  /** Null as long as prefixes are left. */
  private @Nullable Iterator<Tier> beyond;

  TierWalk(ClientLocator locator, InetAddress address) {
    this.locator = locator;
    this.address = address;
    this.table = locator.table;
    this.originTiers = table.originTiers();
    this.seen = new BitSet(locator.sites.all().size());
    moveTo(table.find(address));
  }

  /** The next tier of which it is known why it is near; null if there is none left. */
  @Nullable Tier next() {
    while (entry != PrefixTable.NONE) {
      Tier tier = byPrefix();
      if (tier != null) {
        return tier;
      }
    }
    if (beyond == null) {
      beyond = beyond().iterator();
    }
    return beyond.hasNext() ? beyond.next() : null;
  }

  /** When no next one is left: whether there are sites that were in no tier. */
  boolean hasOthers() {
    return seen.cardinality() < locator.sites.all().size();
  }

  /** When no next one is left: whether the site is one that was in no tier. */
  boolean isAmongOthers(String siteId) {
    int site = locator.sites.number(siteId);
    return site != Sites.NONE && !seen.get(site);
  }

  /** When no next one is left: the sites that were in no tier. */
  List<String> others() {
    List<SitePlace> all = locator.sites.all();
    List<String> others = new ArrayList<>(all.size() - seen.cardinality());
    for (int site = seen.nextClearBit(0); site < all.size(); site = seen.nextClearBit(site + 1)) {
      others.add(all.get(site).siteId());
    }
    return Collections.unmodifiableList(others);
  }

  private void moveTo(int next) {
    entry = next;
    if (next != PrefixTable.NONE) {
      place = table.originSet(next);
    }
  }

  /** The entry's next tier; null if nearer ones have named all of its sites. */
  private @Nullable Tier byPrefix() {
    int of = entry;
    int first = place;
    while (!originTiers.endsTier(place)) {
      place++;
    }
    int last = place++;
    if (originTiers.endsSet(last)) {
      moveTo(table.parent(of));
    }
    return first == last ? alone(of, first) : together(of, first, last);
  }

  /** As most origins are; two lists less than {@link #together} makes. */
  private @Nullable Tier alone(int of, int place) {
    int origin = originTiers.number(place);
    int site = locator.site(origin);
    return addSeen(site)
        ? tier(of, List.of(siteId(site)), List.of(originTiers.origins().get(origin)))
        : null;
  }

  private @Nullable Tier together(int of, int first, int last) {
    List<RouteOrigin> news = new ArrayList<>();
    List<String> siteIds = new ArrayList<>();
    for (int at = first; at <= last; at++) {
      int origin = originTiers.number(at);
      int site = locator.site(origin);
      if (addSeen(site)) {
        news.add(originTiers.origins().get(origin));
        siteIds.add(siteId(site));
      }
    }
    return news.isEmpty() ? null : tier(of, List.copyOf(siteIds), List.copyOf(news));
  }

  private Tier tier(int of, List<String> siteIds, List<RouteOrigin> origins) {
    return new Tier(siteIds, new Found.ByPrefix(table.prefix(of), origins));
  }

  private String siteId(int site) {
    return locator.sites.all().get(site).siteId();
  }

  /** Whether it is a site of the fleet that was in no tier before. */
  private boolean addSeen(int site) {
    if (site == Sites.NONE || seen.get(site)) {
      return false;
    }
    seen.set(site);
    return true;
  }

  private List<Tier> beyond() {
    List<Tier> tiers = new ArrayList<>();
    locator
        .geography
        .find(address)
        .ifPresent(client -> tiers.addAll(locator.byDistance.tiers(client, seen)));
    int byDefault = locator.defaultSite;
    if (addSeen(byDefault)) {
      tiers.add(new Tier(List.of(siteId(byDefault)), new Found.ByDefault()));
    }
    return tiers;
  }
}
