package io.tributary.controlplane.purges;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every title that is purged, as one list with one version, so that no reader sees half a change.
 * Immutable.
 *
 * @param version grows with every change; the time in milliseconds, or one more than before, so
 *     that it grows even where the store lost it
 * @param titles by id
 */
public record PurgeList(long version, List<PurgedTitle> titles) {
  /** What was never changed. */
  public static final PurgeList NONE = new PurgeList(1, List.of());

  /** Every node gets the whole list with every change: some 64 KiB. */
  public static final int MAX_TITLES = 1_000;

  public PurgeList {
    titles = titles.stream().sorted(Comparator.comparing(PurgedTitle::titleId)).toList();
  }

  /** The entry of a title, if it is purged. */
  public Optional<PurgedTitle> find(String titleId) {
    return titles.stream().filter(each -> each.titleId().equals(titleId)).findFirst();
  }

  PurgeList with(String titleId, String requestedBy, Instant now) {
    List<PurgedTitle> more = new ArrayList<>(titles);
    long next = nextVersion(now);
    more.add(new PurgedTitle(titleId, next, now, requestedBy));
    return new PurgeList(next, more);
  }

  PurgeList without(String titleId, Instant now) {
    return new PurgeList(
        nextVersion(now), titles.stream().filter(each -> !each.titleId().equals(titleId)).toList());
  }

  private long nextVersion(Instant now) {
    return Math.max(version + 1, now.toEpochMilli());
  }
}
