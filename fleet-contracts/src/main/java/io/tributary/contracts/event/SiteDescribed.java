package io.tributary.contracts.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What steering must know of a site: where it stands, and what it may announce. Written by the
 * control plane; a null value under the same key says that there is no such site any more.
 *
 * @param siteId the site
 * @param networkId whose it is
 * @param latitude degrees north, -90 to 90; null if nobody said where the site stands
 * @param longitude degrees east, -180 to 180; null with {@code latitude}
 * @param grantedPrefixes in CIDR notation, v4 or v6, what the network's sites may announce, and all
 *     that they cover
 * @param grantedOriginAsns the prefixes that these autonomous systems originate, too
 */
public record SiteDescribed(
    String siteId,
    String networkId,
    @Nullable Double latitude,
    @Nullable Double longitude,
    List<String> grantedPrefixes,
    List<Long> grantedOriginAsns) {
  /** The envelope's type. */
  public static final String TYPE = "site-described";

  public SiteDescribed {
    grantedPrefixes = grantedPrefixes == null ? List.of() : List.copyOf(grantedPrefixes);
    grantedOriginAsns = grantedOriginAsns == null ? List.of() : List.copyOf(grantedOriginAsns);
  }
}
