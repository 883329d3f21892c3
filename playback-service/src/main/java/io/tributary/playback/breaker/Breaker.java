package io.tributary.playback.breaker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps requests from waiting for a remote that does not answer: after one failure nobody asks it
 * for a pause; then one request finds out whether it is back, while the others go on without.
 *
 * <p>Safe for use by many threads.
 */
public final class Breaker {
  private static final Instant CLOSED = Instant.MIN;

  private final Duration pause;
  private final InstantSource time;
  private final AtomicReference<Instant> nextTry = new AtomicReference<>(CLOSED);

  public Breaker(Duration pause, InstantSource time) {
    this.pause = pause;
    this.time = time;
  }

  /** Whether this request may ask. One that may tells the outcome. */
  public boolean mayAsk() {
    Instant next = nextTry.get();
    if (next.equals(CLOSED)) {
      return true;
    }
    Instant now = time.instant();
    return !now.isBefore(next) && nextTry.compareAndSet(next, now.plus(pause));
  }

  /** The remote answered, whatever it said. */
  public void answered() {
    nextTry.set(CLOSED);
  }

  /** The remote did not answer in time, or could not be reached. */
  public void failed() {
    nextTry.set(time.instant().plus(pause));
  }
}
