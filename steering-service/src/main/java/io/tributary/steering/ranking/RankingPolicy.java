package io.tributary.steering.ranking;

/**
 * The figures of the rules, which simulations tune.
 *
 * @param balance how many times its share of a tier's load a node may have, more than 1
 * @param fullShare of its capacity that a node has room for: what it says it sends is seconds old
 * @param comfortShare of its capacity that a node may have before its load counts at all, below
 *     {@code fullShare}: until then nearness and the hashes decide alone
 * @param levelShare of its capacity by which loads beyond that are told apart: about a play of a
 *     small node
 * @param detourLevels that a node counts as more loaded where others are nearer, beside one for
 *     each tier that it is farther than the nearest
 * @param leastHeadroomShare of its capacity that a node weighs at least: to name nobody is worse
 * @param mostPenalty what clients' reports take of a node's weight, and of its capacity beyond
 *     comfort, at most, below 1
 * @param assumedCapacityBitsPerSecond of a node that does not say what it could send
 */
public record RankingPolicy(
    double balance,
    double fullShare,
    double comfortShare,
    double levelShare,
    int detourLevels,
    double leastHeadroomShare,
    double mostPenalty,
    long assumedCapacityBitsPerSecond) {
  /** Of {@link NearnessRanker#POLICY_VERSION}. */
  public static final RankingPolicy DEFAULTS =
      new RankingPolicy(1.25, 0.95, 0.35, 0.005, 8, 0.05, 0.9, 1_000_000_000);

  public RankingPolicy {
    // Else a full node could be of the level of an external one, which goes before it.
    if (comfortShare < 0 || comfortShare >= fullShare) {
      throw new IllegalArgumentException(
          "comfortShare is " + comfortShare + " (expected: 0 to below " + fullShare + ")");
    }
  }

  double capacity(Candidate candidate) {
    return candidate.egressCapacityBitsPerSecond() > 0
        ? candidate.egressCapacityBitsPerSecond()
        : assumedCapacityBitsPerSecond;
  }

  /** Its word on what it sends is old; what was counted out to an external one is not. */
  double most(Candidate candidate) {
    return candidate.isExternal() ? capacity(candidate) : capacity(candidate) * fullShare;
  }

  /** What clients' reports leave of a candidate, above 0 to 1. */
  double trust(Candidate candidate) {
    return 1 - mostPenalty * candidate.penalty();
  }

  /**
   * How many levels a load is beyond comfort, and what the detour counts. Beyond comfort, where the
   * weight decides nothing, one that clients complain of counts as more loaded.
   *
   * @param tiersFarther than the nearest that could be named; 0 for that one
   */
  int level(double loadShare, double trust, int tiersFarther) {
    double counted = loadShare > comfortShare ? Math.min(loadShare / trust, 1) : comfortShare;
    int detour = tiersFarther == 0 ? 0 : detourLevels + tiersFarther;
    return (int) Math.ceil((counted - comfortShare) / levelShare) + detour;
  }

  double load(Candidate candidate) {
    return (double) Math.max(0, candidate.egressBitsPerSecond())
        + Math.max(0, candidate.reservedBitsPerSecond());
  }
}
