package io.tributary.steering.location;

import java.net.InetAddress;
import java.util.List;
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
  final PrefixTable table;
  final Sites sites;
  final Geography geography;
  final GeographicOrder byDistance;

  /** The number of the default site; {@link Sites#NONE} if there is none. */
  final int defaultSite;

  /** By the number of an origin of the table: its site's number. */
  private final int[] siteOfOrigin;

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
    this.byDistance = new GeographicOrder(sites);
    this.defaultSite = defaultSiteId == null ? Sites.NONE : sites.number(defaultSiteId);
    List<RouteOrigin> origins = table.originTiers().origins();
    this.siteOfOrigin = origins.stream().mapToInt(one -> sites.number(one.siteId())).toArray();
  }

  /** Locates a client by its address. Never throws. */
  public ClientLocation locate(InetAddress address) {
    return new ClientLocation(this, address);
  }

  /** The number of the origin's site; {@link Sites#NONE} if the fleet has no such site. */
  int site(int origin) {
    return siteOfOrigin[origin];
  }
}
