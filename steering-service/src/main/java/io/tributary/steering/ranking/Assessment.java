package io.tributary.steering.ranking;

/** What became of one candidate. */
public sealed interface Assessment {
  /** The node that was assessed. */
  Candidate candidate();

  /**
   * It may be named.
   *
   * @param candidate the node
   * @param weight its headroom in megabits a second
   * @param hash of play and node, between 0 and 1, neither included
   * @param score {@code -weight / ln(hash)}; the highest comes first
   */
  record Qualified(Candidate candidate, double weight, double hash, double score)
      implements Assessment {}

  /** It may not be named. */
  record Excluded(Candidate candidate, Exclusion exclusion) implements Assessment {}
}
