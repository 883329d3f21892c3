package io.tributary.pipeline.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps ingests' records. Every method may throw {@link StoreUnavailableException}; what was asked
 * may then have happened or not. Safe for use by many threads.
 */
public interface IngestStore {
  /** More open ingests than any fleet works at; what is not listed comes as others end. */
  int MAX_OPEN = 1_000;

  /**
   * An ingest that may still have something to do.
   *
   * @param ingestId its id
   * @param since when it was opened
   */
  record Open(String ingestId, Instant since) {}

  /** Keeps a first record and lists it as open; false if its id is taken. */
  boolean create(IngestRecord first);

  /** The newest record, read with every change that was ever confirmed. */
  Optional<IngestRecord> find(String ingestId);

  /**
   * Keeps {@code next} if the record of the revision before it is still the newest. A record that
   * is final is forgotten after {@link IngestConfig#keptFor}.
   */
  boolean replace(IngestRecord next);

  /** At most {@link #MAX_OPEN} that {@link #close} was not called for, in no order to rely on. */
  List<Open> open();

  /** Takes an ingest off the list of open ones; its record stays. */
  void close(String ingestId);
}
