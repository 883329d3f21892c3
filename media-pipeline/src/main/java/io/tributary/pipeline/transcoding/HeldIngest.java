package io.tributary.pipeline.transcoding;

import io.tributary.pipeline.ingest.IngestRecord;
import io.tributary.pipeline.ingest.IngestStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/**
 * A job that this worker holds. Every change is made on top of the newest record and only while its
 * fence is still ours. Safe for use by many threads.
 */
final class HeldIngest {
  /** Only the worker itself changes a held record, from two threads. */
  private static final int MAX_TRIES = 5;

  private final IngestStore store;
  private final InstantSource clock;
  private final Duration lease;
  private final IngestRecord claimed;
  private IngestRecord record;
  private volatile double progress;

  HeldIngest(IngestStore store, InstantSource clock, Duration lease, IngestRecord claimed) {
    this.store = store;
    this.clock = clock;
    this.lease = lease;
    this.claimed = claimed;
    this.record = claimed;
    this.progress = claimed.progress();
  }

  synchronized IngestRecord record() {
    return record;
  }

  /** Told with the next renewal. */
  void progress(double now) {
    progress = now;
  }

  /** Makes the lease last from now on. */
  void renew() throws LeaseLostException {
    change(record -> record.renewed(progress, clock.instant().plus(lease)));
  }

  /** Fails unless the lease lasts, by our own clock, and longer than a write takes. */
  void check() throws LeaseLostException {
    Instant until = record().leaseUntil();
    if (!clock.instant().isBefore(until.minus(lease.dividedBy(3)))) {
      throw new LeaseLostException("the lease ended at " + until);
    }
  }

  /** Changes the record. */
  synchronized IngestRecord change(UnaryOperator<IngestRecord> step) throws LeaseLostException {
    for (int i = 0; i < MAX_TRIES; i++) {
      IngestRecord next = step.apply(record);
      if (store.replace(next)) {
        if (next.state() != record.state()) {
          progress = next.progress();
        }
        record = next;
        return next;
      }
      // Either an earlier change of ours was made although we were told nothing, or we lost it.
      record =
          store
              .find(claimed.ingestId())
              .filter(stored -> stored.isHeldAs(claimed))
              .orElseThrow(
                  () -> new LeaseLostException("ingest " + claimed.ingestId() + " was taken over"));
    }
    throw new LeaseLostException("ingest " + claimed.ingestId() + " changes all the time");
  }
}
