package io.tributary.steering.location;

/** Who told of a route. */
public enum RouteSource {
  /** An operator's list of prefixes and sites. */
  CSV("csv"),
  /** A coverage zone file of Apache Traffic Control. */
  COVERAGE_ZONE("coverage-zone"),
  /** A table that a router dumped. */
  MRT("mrt"),
  /** A node, of what its site's router announced. */
  NODE("node");

  private final String word;

  RouteSource(String word) {
    this.word = word;
  }

  /** For people and metrics. */
  public String word() {
    return word;
  }
}
