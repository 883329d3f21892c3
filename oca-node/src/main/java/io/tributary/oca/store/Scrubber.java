package io.tributary.oca.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every held byte again and again and compares it with the manifest's hashes, so that what a
 * disk silently changes is found though nobody asks for it. It reads through the page cache: a
 * changed byte that is served from memory is found too.
 *
 * <p>For one thread; the figures may be read by any.
 */
public final class Scrubber {
  private static final Logger log = LoggerFactory.getLogger(Scrubber.class);

  /** Between passes, also over an empty store; doubled each time that a pass breaks. */
  private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PackageStore store;
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder findings = new LongAdder();
  private final LongAdder passes = new LongAdder();

  public Scrubber(PackageStore store) {
    this.store = store;
  }

  /** Waits; a port, so that tests need not. */
  @FunctionalInterface
  public interface Wait {
    /** At least so long, unless the thread is interrupted. */
    void nanos(long nanos) throws InterruptedException;
  }

  /**
   * Pass after pass, until interrupted.
   *
   * @param within how long each should take
   */
  public void run(Supplier<Duration> within, Wait wait) {
    int broken = 0;
    try {
      while (true) {
        long begun = System.nanoTime();
        try {
          pass(within, wait);
          broken = 0;
        } catch (RuntimeException e) {
          broken++;
          log.error("scrub=broken passes={}", broken, e);
        }
        long left = within.get().toNanos() - (System.nanoTime() - begun);
        long pause = Math.max(left, LEAST_PAUSE_NANOS);
        // A broken pass is tried again sooner than it would have ended, but not at once.
        wait.nanos(
            broken == 0 ? pause : Math.min(pause, LEAST_PAUSE_NANOS << Math.min(broken, 20)));
      }
    } catch (InterruptedException e) {
      log.debug("scrub=stopped");
    }
  }

  /**
   * One pass over all files held at its beginning, spread evenly over the time it may take.
   *
   * @param within how long it should take; asked before each wait, since it may change meanwhile
   */
  public void pass(Supplier<Duration> within, Wait wait) throws InterruptedException {
    List<StoredFile> files = store.files();
    long total = files.stream().mapToLong(StoredFile::bytes).sum();
    for (StoredFile file : files) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long begun = System.nanoTime();
      boolean isStillServed =
          store.find(file.ref().path(), file.path()) instanceof Lookup.Found(StoredFile now)
              && now == file;
      if (isStillServed) {
        Reading reading = store.verify(file, Corruption.BY_SCRUB, bytesRead::add);
        if (reading == Reading.DROPPED) {
          findings.increment();
        }
      }
      long spare = share(within.get(), file.bytes(), total) - (System.nanoTime() - begun);
      if (spare > 0) {
        wait.nanos(spare);
      }
    }
    passes.increment();
  }

  private static long share(Duration within, long bytes, long total) {
    return total == 0 ? 0 : (long) ((double) within.toNanos() * bytes / total);
  }

  /** Since the start. */
  public long bytesRead() {
    return bytesRead.sum();
  }

  /** Files found wrong since the start. */
  public long findings() {
    return findings.sum();
  }

  /** Whole passes since the start. */
  public long passes() {
    return passes.sum();
  }
}
