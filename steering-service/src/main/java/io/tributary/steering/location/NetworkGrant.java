package io.tributary.steering.location;

import java.util.Set;

/**
 * What the operator lets a network's sites announce.
 *
 * @param networkId the network
 * @param prefixes these, and all that they cover
 * @param originAsns prefixes that these autonomous systems originate
 */
public record NetworkGrant(String networkId, Set<IpPrefix> prefixes, Set<Long> originAsns) {
  public NetworkGrant {
    prefixes = Set.copyOf(prefixes);
    originAsns = Set.copyOf(originAsns);
  }
}
