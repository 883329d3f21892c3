package io.tributary.pipeline.transcoding;

import io.tributary.pipeline.ingest.StoreUnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a held ingest's lease and tells its progress, until closed. Interrupts the thread that
 * works at it when another worker has it.
 */
final class LeaseKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final Duration MOST = Duration.ofSeconds(2);

  private final HeldIngest held;
  private final Duration interval;
  private final Thread worker = Thread.currentThread();
  private final Object lock = new Object();
  private boolean closed;
  private boolean lost;

  private LeaseKeeper(HeldIngest held, Duration interval) {
    this.held = held;
    this.interval = interval;
  }

  static LeaseKeeper start(HeldIngest held, Duration lease) {
    Duration third = lease.dividedBy(3);
    LeaseKeeper keeper = new LeaseKeeper(held, third.compareTo(MOST) < 0 ? third : MOST);
    Thread.ofVirtual().name("lease-keeper").start(keeper::keep);
    return keeper;
  }

  private void keep() {
    while (true) {
      synchronized (lock) {
        try {
          lock.wait(interval.toMillis());
        } catch (InterruptedException _) {
          return;
        }
        if (closed) {
          return;
        }
      }
      try {
        held.renew();
      } catch (LeaseLostException e) {
        LOG.warn("ingest={} event=lease-lost", held.record().ingestId());
        synchronized (lock) {
          if (!closed) {
            lost = true;
            worker.interrupt();
          }
        }
        return;
      } catch (StoreUnavailableException e) {
        LOG.warn(
            "ingest={} event=lease-not-renewed cause=\"{}\"",
            held.record().ingestId(),
            e.getMessage());
      }
    }
  }

  /** Whether it was this that interrupted the worker. */
  boolean isLost() {
    synchronized (lock) {
      return lost;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
      if (lost) {
        // The interrupt was ours and is done with.
        Thread.interrupted();
      }
    }
  }
}
