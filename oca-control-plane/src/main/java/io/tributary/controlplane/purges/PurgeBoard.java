package io.tributary.controlplane.purges;

import io.tributary.contracts.node.Revocations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The purged titles as last read or written here. Refreshed each second by the control plane's own
 * loop; safe for use by many threads.
 */
public final class PurgeBoard {
  private static final int ATTEMPTS = 5;

  private final PurgeStore store;
  private volatile Known known = new Known(PurgeList.NONE, Set.of());
  private volatile boolean isLoaded;

  private record Known(PurgeList list, Set<String> titleIds) {
    static Known of(PurgeList list) {
      return new Known(
          list,
          list.titles().stream().map(PurgedTitle::titleId).collect(Collectors.toUnmodifiableSet()));
    }
  }

  public PurgeBoard(PurgeStore store) {
    this.store = store;
  }

  /** Reads the list; throws and keeps what it has if the store is away. */
  public synchronized void refresh() {
    take(store.read());
  }

  /** Whether the store was ever read. */
  public boolean isLoaded() {
    return isLoaded;
  }

  /** Whether a title is purged, as far as is known here. */
  public boolean isPurged(String titleId) {
    return known.titleIds().contains(titleId);
  }

  /** The list. */
  public PurgeList list() {
    return known.list();
  }

  /** What nodes are told; empty before the store was read. */
  public Optional<Revocations> revocations() {
    if (!isLoaded) {
      return Optional.empty();
    }
    PurgeList list = known.list();
    return Optional.of(
        new Revocations(
            list.version(),
            // Nothing of ours revokes plays yet.
            List.of(),
            list.titles().stream().map(PurgedTitle::titleId).toList()));
  }

  /** Purges a title; one that is purged stays so. Throws if the store is away. */
  public synchronized PurgeOutcome purge(String titleId, String requestedBy, Instant now) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      PurgeList current = store.read();
      take(current);
      if (current.find(titleId).isPresent()) {
        return new PurgeOutcome.Done();
      }
      if (current.titles().size() >= PurgeList.MAX_TITLES) {
        return new PurgeOutcome.Full();
      }
      replace(current, current.with(titleId, requestedBy, now));
    }
    return isPurged(titleId) ? new PurgeOutcome.Done() : new PurgeOutcome.Contended();
  }

  /** Lifts a purge; what is not purged stays so. Throws if the store is away. */
  public synchronized PurgeOutcome lift(String titleId, Instant now) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      PurgeList current = store.read();
      take(current);
      if (current.find(titleId).isEmpty()) {
        return new PurgeOutcome.Done();
      }
      replace(current, current.without(titleId, now));
    }
    return isPurged(titleId) ? new PurgeOutcome.Contended() : new PurgeOutcome.Done();
  }

  private void replace(PurgeList expected, PurgeList next) {
    if (store.replace(expected, next)) {
      take(next);
    }
  }

  private void take(PurgeList list) {
    if (!list.equals(known.list())) {
      known = Known.of(list);
    }
    isLoaded = true;
  }
}
