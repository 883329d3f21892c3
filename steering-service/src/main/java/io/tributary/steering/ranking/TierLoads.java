package io.tributary.steering.ranking;

import java.util.Arrays;

/** What the nodes of each tier send and could send together. For one thread. */
final class TierLoads {
  private static final int USUAL_TIERS = 4;

  private final RankingPolicy policy;
  private double[] loads = new double[USUAL_TIERS];
  private double[] capacities = new double[USUAL_TIERS];
  private int nearest = Candidate.MAX_TIER;

  TierLoads(RankingPolicy policy) {
    this.policy = policy;
  }

  void add(Candidate candidate) {
    int tier = candidate.tier();
    if (tier >= loads.length) {
      loads = Arrays.copyOf(loads, Math.max(tier + 1, 2 * loads.length));
      capacities = Arrays.copyOf(capacities, loads.length);
    }
    nearest = Math.min(nearest, tier);
    loads[tier] += policy.load(candidate);
    capacities[tier] += policy.capacity(candidate);
  }

  /** How many tiers farther one of them is than the nearest of them. */
  int tiersFarther(Candidate candidate) {
    return candidate.tier() - nearest;
  }

  /** What one of them may send at most of all that they send with this play. */
  double share(Candidate candidate, long playBitsPerSecond) {
    int tier = candidate.tier();
    double even = (loads[tier] + playBitsPerSecond) * policy.capacity(candidate) / capacities[tier];
    return policy.balance() * even;
  }
}
