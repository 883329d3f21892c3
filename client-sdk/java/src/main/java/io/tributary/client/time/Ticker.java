package io.tributary.client.time;

/**
 * A monotonic clock. It never jumps when the wall clock is set, and its zero means nothing.
 *
 * <p>Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary instant. */
  long nanos();

  /** The process's own monotonic clock. */
  static Ticker system() {
    return System::nanoTime;
  }
}
