package io.tributary.sim.scenario;

import java.util.List;

/**
 * Where nodes and viewers are.
 *
 * @param sites how many, somewhere in Europe, each in a network of its own
 * @param nodesPerSite of each site
 * @param egressCapacitiesBitsPerSecond of its nodes, in turns
 * @param siteSkew exponent of the Zipf law of viewers over sites; 0 for equally many at each
 * @param offNetShare of viewers whose prefix no site announces, so that only geography is known
 */
public record Layout(
    int sites,
    int nodesPerSite,
    List<Long> egressCapacitiesBitsPerSecond,
    double siteSkew,
    double offNetShare) {
  public Layout {
    egressCapacitiesBitsPerSecond = List.copyOf(egressCapacitiesBitsPerSecond);
  }

  /** With another skew. */
  Layout skewed(double skew) {
    return new Layout(sites, nodesPerSite, egressCapacitiesBitsPerSecond, skew, offNetShare);
  }

  /** With other capacities. */
  Layout with(List<Long> capacities) {
    return new Layout(sites, nodesPerSite, capacities, siteSkew, offNetShare);
  }
}
