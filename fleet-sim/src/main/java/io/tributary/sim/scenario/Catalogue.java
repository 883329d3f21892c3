package io.tributary.sim.scenario;

/**
 * What there is to play, and where it lies.
 *
 * @param packages how many, by falling popularity
 * @param zipf exponent of their popularity; 0 for all alike
 * @param leastCopies of each package
 * @param mostCopies of the most popular one; falls with popularity
 * @param placement which node of a site gets a copy
 * @param nodesFetch whether a node that is asked for what it lacks fetches it and drops what it was
 *     asked for least lately, as caches do; else it refuses. Either way a node has room for as many
 *     packages as the placement puts on one on average
 */
public record Catalogue(
    int packages,
    double zipf,
    int leastCopies,
    int mostCopies,
    Placement placement,
    boolean nodesFetch) {

  /** Which node of a site gets a copy. */
  public enum Placement {
    /** Any. */
    SPREAD,
    /** The one that a consistent hash of the path finds first among the site's nodes. */
    BY_PATH_HASH
  }
}
