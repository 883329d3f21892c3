package io.tributary.oca.check;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does a probe in a thread of its own, and goes on without it when its time is over: what asks a
 * resolver or a dying disk may hang, whatever it was told.
 */
final class Deadline {
  private Deadline() {}

  /** A probe that was given up. */
  static final class OverException extends Exception {
    private static final long serialVersionUID = 1;

    OverException(Duration after) {
      super("nothing within " + Amount.time(after));
    }
  }

  /** A probe on its way. */
  record Running<T>(FutureTask<T> task, Duration time, long begun) {
    /** Its result, waited for until its time is over. */
    T result() throws OverException, InterruptedException {
      long left = time.toNanos() - (System.nanoTime() - begun);
      try {
        return task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        task.cancel(true);
        throw new OverException(time);
      } catch (ExecutionException e) {
        throw new IllegalStateException("probe broke: " + e.getCause(), e.getCause());
      }
    }
  }

  /** Begins a probe; several run beside each other. */
  static <T> Running<T> begin(Duration time, Callable<T> probe) {
    FutureTask<T> task = new FutureTask<>(probe);
    Thread.ofPlatform().daemon().name("oca-check").start(task);
    return new Running<>(task, time, System.nanoTime());
  }
}
