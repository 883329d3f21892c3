package io.tributary.controlplane;

import io.tributary.controlplane.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control plane's own loop: one thread that calls its steps in their order each second. A step
 * that cannot reach the store is tried again a second later, and the steps after it still run on
 * what is known.
 */
final class ControlLoop implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);

  private final List<Runnable> steps;
  private final Runnable atEnd;
  private final Thread thread;
  private volatile boolean running = true;
  private boolean isStoreAway;

  ControlLoop(List<Runnable> steps, Runnable atEnd) {
    this.steps = List.copyOf(steps);
    this.atEnd = atEnd;
    this.thread = Thread.ofPlatform().daemon().name("control-loop").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends after the step that runs now, within two seconds. */
  @Override
  public void close() {
    running = false;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (running) {
      boolean wasAway = false;
      for (Runnable step : steps) {
        wasAway |= !tryOnce(step);
      }
      if (wasAway != isStoreAway) {
        isStoreAway = wasAway;
        LOG.warn("event={}", wasAway ? "store-away" : "store-back");
      }
      try {
        Thread.sleep(PERIOD);
      } catch (InterruptedException _) {
        break;
      }
    }
    tryOnce(atEnd);
  }

  private static boolean tryOnce(Runnable step) {
    try {
      step.run();
      return true;
    } catch (StoreUnavailableException e) {
      LOG.debug("event=store-away", e);
      return false;
    } catch (RuntimeException e) {
      LOG.error("event=control-step-failed", e);
      return true;
    }
  }
}
