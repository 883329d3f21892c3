package io.tributary.steering.location;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Which sites are near a client, in tiers, the nearest first. Each site of the fleet is in one of
 * them.
 *
 * <p>Tiers are worked out anew whenever they are asked for, and no farther than somebody looks:
 * most decisions end among the sites that reach the client's prefixes, and to ask where an address
 * is on Earth takes longer than all else.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class ClientLocation {
  private final ClientLocator locator;
  private final InetAddress address;

  ClientLocation(ClientLocator locator, InetAddress address) {
    this.locator = locator;
    this.address = address;
  }

  /** The number of a site of this id; {@link Sites#NONE} if the fleet has none. */
  int siteNumber(String siteId) {
    return locator.sites.number(siteId);
  }

  /** Begins before the nearest tier. */
  TierWalk walk() {
    return new TierWalk(locator, address);
  }

  /** All tiers. */
  public List<Tier> tiers() {
    List<Tier> all = new ArrayList<>();
    TierWalk walk = walk();
    while (walk.next()) {
      all.add(walk.tier());
    }
    if (walk.hasOthers()) {
      all.add(new Tier(walk.others(), new Found.Otherwise()));
    }
    return List.copyOf(all);
  }
}
