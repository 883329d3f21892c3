package io.tributary.oca;

import io.tributary.oca.store.Scrubber;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How fast the scrub goes; a change ends a wait under the old pace. */
final class ScrubPace implements Scrubber.Wait {
  private final Semaphore changes = new Semaphore(0);
  private volatile Duration within;

  ScrubPace(Duration within) {
    this.within = within;
  }

  Duration within() {
    return within;
  }

  void within(Duration fresh) {
    if (!fresh.equals(within)) {
      within = fresh;
      changes.release();
    }
  }

  @Override
  public void nanos(long nanos) throws InterruptedException {
    if (changes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      changes.drainPermits();
    }
  }
}
