package io.tributary.controlplane.doors;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How fast newcomers are let in. While fewer handshakes than the bound are under way, at once; else
 * as soon as one ends, and after {@link #MOST_MILLIS} anyway, so that strangers who begin
 * handshakes and do not end them slow the door down and never close it. Newcomers wait in the
 * kernel's queue, where they cost nothing. Safe for use by many threads.
 */
final class HandshakePace {
  /** Fifty strangers a second are let in however many are about. */
  static final long MOST_MILLIS = 20;

  private final int maxHandshakes;
  private final Semaphore free;

  HandshakePace(int maxHandshakes) {
    this.maxHandshakes = maxHandshakes;
    this.free = new Semaphore(maxHandshakes);
  }

  /**
   * Waits for a place, for so long at most.
   *
   * @return whether it was given one, which is to be {@linkplain #leave left}; without one it may
   *     come in as well
   */
  boolean enter() throws InterruptedException {
    return free.tryAcquire(MOST_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Gives a place back. */
  void leave() {
    free.release();
  }

  /** How many places are taken, with the one that is kept for whoever comes next. */
  int taken() {
    return maxHandshakes - free.availablePermits();
  }
}
