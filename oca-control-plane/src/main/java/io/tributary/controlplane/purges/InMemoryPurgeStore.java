package io.tributary.controlplane.purges;

/** {@link PurgeStore} for tests. */
public final class InMemoryPurgeStore implements PurgeStore {
  private PurgeList list = PurgeList.NONE;

  @Override
  public synchronized PurgeList read() {
    return list;
  }

  @Override
  public synchronized boolean replace(PurgeList expected, PurgeList next) {
    if (list.version() == expected.version()) {
      list = next;
    }
    return list.equals(next);
  }
}
