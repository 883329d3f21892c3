package io.tributary.oca.serve;

import io.tributary.oca.store.PackageStore;
import java.time.Instant;
import java.time.InstantSource;

/** What every connection of the media door shares. Safe for use by many threads. */
final class MediaDoor {
  private final ServeConfig config;
  private final String cacheStatus;
  private final PackageStore store;
  private final OpenFiles files;
  private final MediaRights rights;
  private final ServeCounters counters;
  private final InstantSource clock;
  private volatile DateText date = new DateText(Long.MIN_VALUE, "");

  private record DateText(long second, String text) {}

  MediaDoor(
      ServeConfig config,
      String nodeId,
      PackageStore store,
      OpenFiles files,
      MediaRights rights,
      ServeCounters counters,
      InstantSource clock) {
    this.config = config;
    this.cacheStatus = "\"" + nodeId + "\"; hit";
    this.store = store;
    this.files = files;
    this.rights = rights;
    this.counters = counters;
    this.clock = clock;
  }

  ServeConfig config() {
    return config;
  }

  String cacheStatus() {
    return cacheStatus;
  }

  PackageStore store() {
    return store;
  }

  OpenFiles files() {
    return files;
  }

  MediaRights rights() {
    return rights;
  }

  ServeCounters counters() {
    return counters;
  }

  /** The {@code Date} header, made once a second. */
  String date() {
    Instant now = clock.instant();
    DateText known = date;
    if (known.second() != now.getEpochSecond()) {
      known = new DateText(now.getEpochSecond(), Preconditions.httpDate(now));
      date = known;
    }
    return known.text();
  }
}
