package io.tributary.oca.serve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.tributary.oca.store.Corruption;
import io.tributary.oca.store.Pace;
import io.tributary.oca.store.PackageStore;
import io.tributary.oca.store.StoreConfig;
import io.tributary.oca.store.StoredFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that are open for serving, so that a segment many viewers want is opened once.
 *
 * <p>A file is opened on a thread of its own kind, since that may wait for a disk. When neither the
 * scrub nor a fill has read its bytes for as long as a scrub pass takes (always so after a start),
 * they are read and checked before any is sent.
 *
 * <p>Safe for use by many threads.
 */
final class OpenFiles implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenFiles.class);

  /** A disk answers few requests at once; two cores hash few files at once. */
  private static final int THREADS = 4;

  /** Cold requests that may wait; a player gives up before more of them had their turn. */
  private static final int MAX_WAITING = 512;

  private final PackageStore store;
  private final InstantSource clock;
  private final Cache<StoredFile, OpenFile> open;
  private final ThreadPoolExecutor opener;
  private volatile Duration verifyAfter;

  /** What came of opening. */
  sealed interface Opening {
    /** Held for the caller, who must let go of it. */
    record Opened(OpenFile file) implements Opening {}

    /** Its bytes were wrong; it is dropped. */
    record Wrong() implements Opening {}

    /** It could not be read now. */
    record Unreadable() implements Opening {}

    /** Too many wait already. */
    record Overloaded() implements Opening {}
  }

  OpenFiles(PackageStore store, StoreConfig config, Duration verifyAfter, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.verifyAfter = verifyAfter;
    this.open =
        Caffeine.newBuilder()
            .maximumSize(config.maxOpenFiles())
            .expireAfterAccess(config.closeAfter())
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .removalListener(
                (@Nullable StoredFile key, @Nullable OpenFile file, RemovalCause cause) -> {
                  if (file != null) {
                    file.letGo();
                  }
                })
            .build();
    this.opener =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("oca-open-", 1).factory());
    this.opener.allowCoreThreadTimeOut(true);
  }

  /** For how long a reading of a file's bytes is good. */
  void verifyAfter(Duration duration) {
    verifyAfter = duration;
  }

  /** The file, held for the caller, if it is open; does not block. */
  @Nullable OpenFile ifOpen(StoredFile file) {
    OpenFile known = open.getIfPresent(file);
    return known != null && known.hold() ? known : null;
  }

  /** Opens the file on another thread, which also calls back; does not block. */
  void open(StoredFile file, Consumer<Opening> then) {
    try {
      opener.execute(() -> then.accept(openNow(file)));
    } catch (RejectedExecutionException e) {
      then.accept(new Opening.Overloaded());
    }
  }

  /** Has a file looked at that could not be sent whole: was it the client, or the file? */
  void suspect(StoredFile file) {
    try {
      opener.execute(() -> {
        if (!hasItsSize(file)) {
          store.verify(file, Corruption.BY_OPEN, Pace.UNHINDERED);
        }
      });
    } catch (RejectedExecutionException e) {
      log.debug("file={} not looked at: the next scrub will", file);
    }
  }

  private static boolean hasItsSize(StoredFile file) {
    try {
      return Files.size(file.location()) == file.bytes();
    } catch (IOException e) {
      return false;
    }
  }

  long count() {
    return open.estimatedSize();
  }

  @Override
  public void close() {
    opener.shutdown();
    open.invalidateAll();
  }

  private Opening openNow(StoredFile file) {
    OpenFile known = ifOpen(file);
    if (known != null) {
      return new Opening.Opened(known);
    }
    Instant now = clock.instant();
    if (file.verifiedAt().plus(verifyAfter).isBefore(now)) {
      switch (store.verify(file, Corruption.BY_OPEN, Pace.UNHINDERED)) {
        case RIGHT -> {}
        case DROPPED -> {
          return new Opening.Wrong();
        }
        case NOT_READ -> {
          return new Opening.Unreadable();
        }
      }
    }
    OpenFile opened;
    try {
      opened = new OpenFile(FileChannel.open(file.location(), StandardOpenOption.READ));
    } catch (IOException e) {
      log.warn("file=unopened file={} reason=\"{}\"", file, e.toString());
      suspect(file);
      return new Opening.Unreadable();
    }
    // The first hold is the cache's. Of two threads that open the same file the second replaces
    // the first's, which then closes when its answers have ended.
    opened.hold();
    open.put(file, opened);
    return new Opening.Opened(opened);
  }
}
