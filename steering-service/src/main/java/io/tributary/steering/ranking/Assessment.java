package io.tributary.steering.ranking;

/** What became of one candidate. */
public sealed interface Assessment {
  /** The node that was assessed. */
  Candidate candidate();

  /**
   * It may be named.
   *
   * @param candidate the node
   * @param loadBitsPerSecond what it sends, and what was reserved of it
   * @param shareBitsPerSecond the most of its tier's load, with the play, that it is to have; of an
   *     external one its cap
   * @param loadShareAfter its load with the play, as a share of what it can send
   * @param level of its load beyond comfort, and of the detour: the lowest goes first; 0 of an
   *     external one
   * @param isFull whether the play is more than it has room for
   * @param isOverShare whether its load has reached its share
   * @param weight its headroom in megabits a second, less its penalty
   * @param packageScore {@code -weight / ln(hash(package, node))}
   * @param playScore {@code -weight / ln(hash(play, node))}
   */
  record Qualified(
      Candidate candidate,
      double loadBitsPerSecond,
      double shareBitsPerSecond,
      double loadShareAfter,
      int level,
      boolean isFull,
      boolean isOverShare,
      double weight,
      double packageScore,
      double playScore)
      implements Assessment {

    /** Whether the play is more than it can send: it starves those that it has. */
    boolean isSpent() {
      return loadShareAfter > 1;
    }
  }

  /** It may not be named. */
  record Excluded(Candidate candidate, Exclusion exclusion) implements Assessment {}
}
