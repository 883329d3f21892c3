package io.tributary.steering.location;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out a client's tiers one after the other, the nearest first. A site is in the first tier
 * that has it. Sites are known by their numbers, and why they are near is told only if somebody
 * asks: most steps of most walks are never looked at again. For one thread.
 */
final class TierWalk {
  private static final int USUAL_SITES = 4;

  private final ClientLocator locator;
  private final InetAddress address;
  private final PrefixTable table;
  private final OriginTiers originTiers;

  /** Numbers of the sites that were named. */
  private final BitSet seen;

  /** Where the walk goes on; {@link PrefixTable#NONE} when no prefix is left. */
  private int entry;

  /** Of the entry's origins the next one. */
  private int place;

  /** Null as long as prefixes are left. */
  private @Nullable Iterator<Tier> beyond;

  /** The tier, where no prefix told of it; null before. */
  private @Nullable Tier tierBeyond;

  /** The tier's entry, where a prefix told of it. */
  private int tierEntry;

  /** Numbers of the tier's sites and, where a prefix told of it, of their origins. */
  private int[] sites = new int[USUAL_SITES];

  private int[] origins = new int[USUAL_SITES];
  private int size;

  TierWalk(ClientLocator locator, InetAddress address) {
    this.locator = locator;
    this.address = address;
    this.table = locator.table;
    this.originTiers = table.originTiers();
    this.seen = new BitSet(locator.sites.all().size());
    moveTo(table.find(address));
  }

  /** Goes to the next tier of which it is known why it is near; false if there is none left. */
  boolean next() {
    size = 0;
    while (entry != PrefixTable.NONE) {
      byPrefix();
      if (size > 0) {
        return true;
      }
    }
    if (beyond == null) {
      beyond = beyond().iterator();
    }
    if (!beyond.hasNext()) {
      return false;
    }
    tierBeyond = beyond.next();
    for (String siteId : tierBeyond.siteIds()) {
      add(locator.sites.number(siteId), 0);
    }
    return true;
  }

  /** How many sites the tier has. */
  int size() {
    return size;
  }

  /** The number of one of the tier's sites. */
  int site(int i) {
    return sites[i];
  }

  /** The tier that the walk is at. */
  Tier tier() {
    if (tierBeyond != null) {
      return tierBeyond;
    }
    List<String> siteIds = new ArrayList<>(size);
    List<RouteOrigin> reached = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      siteIds.add(siteId(sites[i]));
      reached.add(originTiers.origins().get(origins[i]));
    }
    return new Tier(
        List.copyOf(siteIds), new Found.ByPrefix(table.prefix(tierEntry), List.copyOf(reached)));
  }

  /** When no next one is left: whether there are sites that were in no tier. */
  boolean hasOthers() {
    return seen.cardinality() < locator.sites.all().size();
  }

  /** When no next one is left: whether the site is one that was in no tier. */
  boolean isAmongOthers(int site) {
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

  /** Goes on to the entry's next tier; it is empty if nearer ones have named all of its sites. */
  private void byPrefix() {
    tierEntry = entry;
    int last = place - 1;
    do {
      last++;
      int origin = originTiers.number(last);
      int site = locator.site(origin);
      if (addSeen(site)) {
        add(site, origin);
      }
    } while (!originTiers.endsTier(last));
    place = last + 1;
    if (originTiers.endsSet(last)) {
      moveTo(table.parent(entry));
    }
  }

  private void add(int site, int origin) {
    if (size == sites.length) {
      sites = Arrays.copyOf(sites, 2 * size);
      origins = Arrays.copyOf(origins, 2 * size);
    }
    sites[size] = site;
    origins[size++] = origin;
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
