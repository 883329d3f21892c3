package io.tributary.oca.serve;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Checks the signatures of tokens that are not remembered, away from the event loops: each takes
 * half a millisecond, and whoever sends forged ones may send many. So a flood of them makes new
 * plays wait or be refused, and disturbs none that has begun.
 *
 * <p>Safe for use by many threads.
 */
final class TokenChecks implements AutoCloseable {
  /** At most half of the machine, so that the event loops always have the rest. */
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /** Half a second of one thread's work; a player that waits longer had better ask elsewhere. */
  private static final int MAX_WAITING = 1_024;

  private final MediaRights rights;
  private final ThreadPoolExecutor checker;

  TokenChecks(MediaRights rights) {
    this(rights, THREADS, MAX_WAITING);
  }

  TokenChecks(MediaRights rights, int threads, int maxWaiting) {
    this.rights = rights;
    this.checker =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(maxWaiting),
            Thread.ofPlatform().daemon().name("oca-verify-", 1).factory());
    this.checker.allowCoreThreadTimeOut(true);
  }

  /**
   * Checks on another thread, which also calls back; does not block.
   *
   * @param then told why not, or nothing if the token gives the path
   * @return false if too many wait already; then nobody is called back
   */
  boolean check(MediaPath path, Consumer<Optional<Refusal>> then) {
    try {
      checker.execute(() -> then.accept(rights.refuse(path)));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public void close() {
    checker.shutdown();
  }
}
