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
  private final Thread thread = Thread.ofPlatform().name("worker").unstarted(this::loop);
  private final Object lock = new Object();
  private boolean woken;
  private boolean closed;
  private @Nullable String lastFailure;

  /** A loop that is not started. */
  public WorkerLoop(TranscodingWorker worker, Duration pollInterval) {
    this.worker = worker;
    this.pollInterval = pollInterval;
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
        }
        worker.workOnce();
        lastFailure = null;
      } catch (InterruptedException _) {
        return;
      } catch (StoreUnavailableException e) {
        note(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("event=worker-failed", e);
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

  /** Stops the worker where it is; what it was at is claimed again after the lease. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    thread.interrupt();
    try {
      thread.join(STOP_BOUND);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
