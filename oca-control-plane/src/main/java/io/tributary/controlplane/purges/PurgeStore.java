package io.tributary.controlplane.purges;

/**
 * Keeps the list of purged titles. May throw {@link
 * io.tributary.controlplane.store.StoreUnavailableException}; what was written then is unknown, and
 * every call may be repeated. Safe for use by many threads and replicas.
 */
public interface PurgeStore {
  /** The list as it was agreed on last; {@link PurgeList#NONE} before the first. */
  PurgeList read();

  /**
   * Replaces the list, if it is still {@code expected}. Of two writers one wins.
   *
   * @return whether {@code next} is in force now
   */
  boolean replace(PurgeList expected, PurgeList next);
}
