package io.tributary.pipeline.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The twin of {@link CassandraIngests} for tests. */
public final class InMemoryIngests implements IngestStore {
  private final InstantSource clock;
  private final Duration keptFor;
  private final Map<String, Instant> endedAt = new HashMap<>();
  private final Map<String, IngestRecord> records = new HashMap<>();
  private final Set<String> spoiled = new HashSet<>();
  private final Map<String, Open> open = new LinkedHashMap<>();

  /** One in which no time passes. */
  public InMemoryIngests() {
    this(InstantSource.fixed(Instant.EPOCH), IngestConfig.DEFAULTS.keptFor());
  }

  InMemoryIngests(InstantSource clock, Duration keptFor) {
    this.clock = clock;
    this.keptFor = keptFor;
  }

  @Override
  public synchronized boolean create(IngestRecord first) {
    open.put(first.ingestId(), new Open(first.ingestId(), first.createdAt()));
    return records.putIfAbsent(first.ingestId(), first) == null;
  }

  /** Lists as open one that has no record. */
  public synchronized void list(String ingestId, Instant since) {
    open.put(ingestId, new Open(ingestId, since));
  }

  /** Makes a record one that cannot be read. */
  public synchronized void spoil(String ingestId) {
    spoiled.add(ingestId);
  }

  @Override
  public synchronized Optional<IngestRecord> find(String ingestId) {
    if (spoiled.contains(ingestId)) {
      throw new IllegalStateException("the record of " + ingestId + " is spoiled");
    }
    Instant ended = endedAt.get(ingestId);
    if (ended != null && !clock.instant().isBefore(ended.plus(keptFor))) {
      records.remove(ingestId);
    }
    return Optional.ofNullable(records.get(ingestId));
  }

  @Override
  public synchronized boolean replace(IngestRecord next) {
    IngestRecord now = records.get(next.ingestId());
    if (now == null || now.revision() != next.revision() - 1) {
      return false;
    }
    records.put(next.ingestId(), next);
    if (next.isFinal()) {
      endedAt.put(next.ingestId(), clock.instant());
    }
    return true;
  }

  @Override
  public synchronized List<Open> open() {
    return new ArrayList<>(open.values());
  }

  @Override
  public synchronized void close(String ingestId) {
    open.remove(ingestId);
  }
}
