package io.tributary.cassandra;

/**
 * The driver's execution profiles beside the default one, which reads and writes at {@code
 * LOCAL_QUORUM} and gives up after 2 s. Use with {@code statement.setExecutionProfileName(…)}.
 */
public final class Profiles {
  /** {@code LOCAL_ONE}: reads behind caches, where a moment's staleness is harmless. */
  public static final String RELAXED = "relaxed";

  /** {@code SERIAL}: reads of what lightweight transactions write. */
  public static final String DECIDED = "decided";

  /** Schema changes: {@code LOCAL_QUORUM} and 20 s, because every node must agree on them. */
  public static final String SCHEMA = "schema";

  private Profiles() {}
}
