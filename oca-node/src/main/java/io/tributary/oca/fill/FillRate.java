package io.tributary.oca.fill;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps all fills together under one rate, so that filling never crowds out viewers. Bytes are
 * taken as they come; who takes them waits until the rate allows the next. A second's worth may be
 * taken at once.
 *
 * <p>Safe for use by many threads.
 */
public final class FillRate {
  private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder bytes = new LongAdder();
  private volatile long bitsPerSecond;
  private long freeAt = System.nanoTime();

  public FillRate(long bitsPerSecond) {
    this.bitsPerSecond = bitsPerSecond;
  }

  /** Sets the rate, from the next bytes on. */
  public void limit(long bitsPerSecond) {
    this.bitsPerSecond = Math.max(1, bitsPerSecond);
  }

  /** Since the start. */
  public long bytes() {
    return bytes.sum();
  }

  /** So many bytes have come; returns when more may. */
  void took(int count) {
    bytes.add(count);
    long wait = reserve(count);
    if (wait > 0) {
      LockSupport.parkNanos(wait);
    }
  }

  private long reserve(int count) {
    lock.lock();
    try {
      long now = System.nanoTime();
      freeAt = Math.max(freeAt, now - BURST_NANOS);
      freeAt += (long) (count * 8.0 * TimeUnit.SECONDS.toNanos(1) / bitsPerSecond);
      return freeAt - now;
    } finally {
      lock.unlock();
    }
  }
}
