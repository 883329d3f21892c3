package io.tributary.pipeline.transcoding;

import io.tributary.pipeline.ingest.StoreUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a worker look for work: when woken, and at every poll interval. One thread; safe for use by
 * many.
 */
public final class WorkerLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerLoop.class);
  private static final Duration STOP_BOUND = Duration.ofSeconds(5);

  private final TranscodingWorker worker;
  private final Duration pollInterval;
  private final Duration finishWithin;
  private final Thread thread = Thread.ofPlatform().name("worker").unstarted(this::loop);
  private final Object lock = new Object();
  private boolean woken;
  private boolean working;
  private boolean closed;
  private @Nullable String lastFailure;

  /** A loop that is not started. */
  public WorkerLoop(TranscodingWorker worker, WorkerConfig config) {
    this.worker = worker;
    this.pollInterval = config.pollInterval();
    this.finishWithin = config.finishWithin();
  }

  /** Starts it. */
  public void start() {
    thread.start();
  }

  /** There may be work now. */
  public void wake() {
    synchronized (lock) {
      woken = true;
      lock.notifyAll();
    }
  }

  /** How its worker's claims have ended. */
  public WorkCounters counters() {
    return worker.counters();
  }

  /** Whether it has looked since it was last woken, and found nothing or is done with all of it. */
  public boolean isIdle() {
    synchronized (lock) {
      return !woken && !working;
    }
  }

  private void loop() {
    while (true) {
      try {
        synchronized (lock) {
          if (!woken && !closed) {
            lock.wait(pollInterval.toMillis());
          }
          woken = false;
          if (closed) {
            return;
          }
          working = true;
        }
        worker.workOnce();
        lastFailure = null;
      } catch (InterruptedException _) {
        return;
      } catch (StoreUnavailableException e) {
        note(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("event=worker-failed", e);
      } finally {
        synchronized (lock) {
          working = false;
        }
      }
    }
  }

  /** The same failure again and again is worth one line. */
  private void note(String failure) {
    if (!failure.equals(lastFailure)) {
      LOG.warn("event=no-work cause=\"{}\"", failure);
    }
    lastFailure = failure;
  }

  /**
   * Lets the worker finish the source that it is at, if it may take the time, and stops it where it
   * is otherwise: that source is claimed again after the lease.
   */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    worker.takeNoMore();
    try {
      if (finishWithin.isPositive()) {
        thread.join(finishWithin);
      }
      thread.interrupt();
      thread.join(STOP_BOUND);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
