package io.tributary.steering.location;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table of the routes that count. Give it the operator's word first: what comes when it is
 * full does not count. For one thread.
 */
public final class RouteIntake implements RouteSink {
  /**
   * Of one site: several times what the largest access networks and their customers have, and too
   * little for a few sites to leave others no room.
   */
  static final int MAX_ANNOUNCED_PER_SITE = 500_000;

  private final Sites sites;
  private final Grants grants;
  private final PrefixTableBuilder table = new PrefixTableBuilder();
  private final Map<String, Integer> announcedBySite = new HashMap<>();

  /** For these sites under these grants. */
  public RouteIntake(Sites sites, Grants grants) {
    this.sites = sites;
    this.grants = grants;
  }

  @Override
  public @Nullable SetAsideReason said(IpPrefix prefix, RouteOrigin origin) {
    return sites.find(origin.siteId()).isEmpty()
        ? SetAsideReason.UNKNOWN_SITE
        : add(prefix, origin);
  }

  @Override
  public @Nullable SetAsideReason announced(IpPrefix prefix, RouteOrigin origin, long originAsn) {
    Optional<SitePlace> site = sites.find(origin.siteId());
    if (site.isEmpty()) {
      return SetAsideReason.UNKNOWN_SITE;
    }
    return switch (grants.judge(site.get().networkId(), prefix, originAsn)) {
      case NOT_GRANTED -> SetAsideReason.NOT_GRANTED;
      case TOO_WIDE -> SetAsideReason.TOO_WIDE;
      case GRANTED ->
          announcedBySite.merge(origin.siteId(), 1, Integer::sum) > MAX_ANNOUNCED_PER_SITE
              ? SetAsideReason.SITE_FULL
              : add(prefix, origin);
    };
  }

  /** The table of all routes so far. */
  public PrefixTable table() {
    return table.build();
  }

  private @Nullable SetAsideReason add(IpPrefix prefix, RouteOrigin origin) {
    if (prefix.length() > ClientNetwork.lengthOf(prefix.version())) {
      return SetAsideReason.TOO_NARROW;
    }
    return table.add(prefix, origin) ? null : SetAsideReason.TABLE_FULL;
  }
}
