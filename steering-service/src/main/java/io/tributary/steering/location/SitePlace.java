package io.tributary.steering.location;

import org.jspecify.annotations.Nullable;

/**
 * A site, as far as nearness is concerned.
 *
 * @param siteId the site
 * @param networkId whose it is; its grants hold for the site
 * @param coordinates where it stands; null if nobody said
 */
public record SitePlace(String siteId, String networkId, @Nullable Coordinates coordinates) {
  /** One text of each site's id in the process: decisions look them up all the time. */
  public SitePlace {
    siteId = siteId.intern();
  }
}
