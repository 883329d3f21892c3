package io.tributary.steering.snapshot;

import io.tributary.contracts.event.SiteDescribed;
import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.NetworkGrant;
import io.tributary.steering.location.SitePlace;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says of a site.
 *
 * @param place where it is
 * @param grant what its network may announce
 */
public record KnownSite(SitePlace place, NetworkGrant grant) {
  /**
   * Reads what the control plane told.
   *
   * @throws IllegalArgumentException if it contradicts itself
   */
  static KnownSite of(SiteDescribed told) {
    Set<IpPrefix> prefixes = new HashSet<>();
    told.grantedPrefixes().forEach(prefix -> prefixes.add(IpPrefix.parse(prefix)));
    return new KnownSite(
        new SitePlace(told.siteId(), told.networkId(), coordinates(told)),
        new NetworkGrant(told.networkId(), prefixes, Set.copyOf(told.grantedOriginAsns())));
  }

  /** As the control plane told it. */
  SiteDescribed told() {
    Coordinates coordinates = place.coordinates();
    return new SiteDescribed(
        place.siteId(),
        place.networkId(),
        coordinates == null ? null : coordinates.latitude(),
        coordinates == null ? null : coordinates.longitude(),
        grant.prefixes().stream().sorted().map(IpPrefix::toString).toList(),
        grant.originAsns().stream().sorted().toList());
  }

  private static @Nullable Coordinates coordinates(SiteDescribed told) {
    Double latitude = told.latitude();
    Double longitude = told.longitude();
    if ((latitude == null) != (longitude == null)) {
      throw new IllegalArgumentException(
          "latitude, longitude are " + latitude + ", " + longitude + " (expected: both or none)");
    }
    return latitude == null || longitude == null ? null : new Coordinates(latitude, longitude);
  }
}
