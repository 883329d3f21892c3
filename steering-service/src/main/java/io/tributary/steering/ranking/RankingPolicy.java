package io.tributary.steering.ranking;

/**
 * The figures of the rules, which simulations tune.
 *
 * @param balance how many times its share of a tier's load a node may have, more than 1
 * @param fullShare of its capacity that a node is sent at most while another has room: what it says
 *     it sends is seconds old
 * @param leastHeadroomShare of its capacity that a node weighs at least: to name nobody is worse
 * @param mostPenalty what clients' reports take of a node's weight at most, below 1
 * @param assumedCapacityBitsPerSecond of a node that does not say what it could send
 */
public record RankingPolicy(
    double balance,
    double fullShare,
    double leastHeadroomShare,
    double mostPenalty,
    long assumedCapacityBitsPerSecond) {
  /** Of {@link NearnessRanker#POLICY_VERSION}. */
  public static final RankingPolicy DEFAULTS =
      new RankingPolicy(1.25, 0.95, 0.05, 0.9, 1_000_000_000);

  double capacity(Candidate candidate) {
    return candidate.egressCapacityBitsPerSecond() > 0
        ? candidate.egressCapacityBitsPerSecond()
        : assumedCapacityBitsPerSecond;
  }

  /** Its word on what it sends is old; what was counted out to an external one is not. */
  double most(Candidate candidate) {
    return candidate.isExternal() ? capacity(candidate) : capacity(candidate) * fullShare;
  }

  double load(Candidate candidate) {
    return (double) Math.max(0, candidate.egressBitsPerSecond())
        + Math.max(0, candidate.reservedBitsPerSecond());
  }
}
