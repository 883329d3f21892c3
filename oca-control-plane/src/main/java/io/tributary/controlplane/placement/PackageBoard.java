package io.tributary.controlplane.placement;

import io.tributary.contracts.event.PackagePublished;
import io.tributary.controlplane.events.StateTable.Stated;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Every package: learnt from Kafka, written to the store, and known from then on. Refreshed each
 * second by the control plane's own loop; safe for use by many threads.
 */
public final class PackageBoard {
  /** Every replica learns every package by itself; this only heals what one missed. */
  private static final Duration REREAD = Duration.ofSeconds(30);

  private final PlacementStore store;
  private final Map<String, KnownPackage> known = new ConcurrentSkipListMap<>();
  private final Map<String, KnownPackage> unwritten = new ConcurrentHashMap<>();
  private Instant readAt = Instant.MIN;

  public PackageBoard(PlacementStore store) {
    this.store = store;
  }

  /** A package was published; may be told again and again. */
  public void learn(Stated<PackagePublished> published) {
    PackagePublished data = published.data();
    KnownPackage each =
        new KnownPackage(
            data.titleId(),
            data.packageVersion(),
            data.manifestSha256(),
            data.bytes(),
            published.at().truncatedTo(ChronoUnit.MILLIS));
    String path = each.ref().path();
    if (!each.equals(known.get(path))) {
      unwritten.put(path, each);
    }
  }

  /** Writes what was learnt and reads what others wrote; throws if the store is away. */
  public synchronized void refresh(Instant now) {
    if (readAt.equals(Instant.MIN) || readAt.plus(REREAD).isBefore(now)) {
      store.packages().forEach(each -> known.put(each.ref().path(), each));
      readAt = now;
    }
    for (KnownPackage each : List.copyOf(unwritten.values())) {
      String path = each.ref().path();
      if (!each.equals(known.get(path))) {
        store.putPackage(each);
        known.put(path, each);
      }
      unwritten.remove(path, each);
    }
  }

  /** Whether the store was ever read. */
  public synchronized boolean isLoaded() {
    return !readAt.equals(Instant.MIN);
  }

  /** Every package that is written down, by title and version: a live view. */
  public Collection<KnownPackage> packages() {
    return known.values();
  }

  /** One package. */
  public Optional<KnownPackage> find(String titleId, String packageVersion) {
    return Optional.ofNullable(known.get(titleId + "/" + packageVersion));
  }
}
