package io.tributary.client;

import io.tributary.client.error.PlayException;
import io.tributary.client.nodes.NodeBoard;
import io.tributary.client.playback.PlayManifest;
import io.tributary.client.playback.Playback;
import io.tributary.client.playback.PlaybackApi;
import io.tributary.client.playback.Renewal;
import io.tributary.client.time.Ticker;
import java.net.URI;
import java.util.Random;

/**
 * Renews one play: when the service asked for it, and early when every node has failed. Each
 * renewal has a daemon thread of its own, because the service may hang while nodes serve; there is
 * one at a time. A failed one is tried again later and hurts nobody before the play's URLs end.
 *
 * <p>Safe for use by many threads.
 */
final class Renewals {
  // A service that asks for renewals in a tight loop is not obeyed.
  private static final long SHORTEST_NANOS = 2_000_000_000L;
  private static final long AFTER_FAILURE_NANOS = 10_000_000_000L;

  private final PlaybackApi api;
  private final String playbackId;
  private final NodeBoard board;
  private final Runnable afterNewRanking;
  private final Ticker ticker;
  private final Random random;

  // Read and written by the one renewal that runs.
  private volatile URI playManifest;
  private boolean running;
  private boolean stopped;
  private long dueNanos;
  private long notBeforeNanos;

  Renewals(
      PlaybackApi api,
      Playback playback,
      NodeBoard board,
      Runnable afterNewRanking,
      Ticker ticker,
      Random random) {
    this.api = api;
    this.playbackId = playback.playbackId();
    this.playManifest = playback.playManifest();
    this.board = board;
    this.afterNewRanking = afterNewRanking;
    this.ticker = ticker;
    this.random = random;
    notBeforeNanos = ticker.nanos();
    dueNanos = notBeforeNanos + intervalNanos(playback.renewAfterSeconds());
  }

  /** Renews if it is time to; returns how long until it is. */
  synchronized long renewIfDue() {
    long waitNanos = dueNanos - ticker.nanos();
    if (waitNanos > 0 || running || stopped) {
      return Math.max(waitNanos, SHORTEST_NANOS);
    }
    launch();
    return SHORTEST_NANOS;
  }

  /** Renews now, unless that has just been tried. */
  synchronized void renewEarly() {
    if (!running && !stopped && ticker.nanos() - notBeforeNanos >= 0) {
      launch();
    }
  }

  /** No renewal starts after this. */
  synchronized void stop() {
    stopped = true;
  }

  private void launch() {
    running = true;
    Thread thread = new Thread(this::renew, "tributary-renewal");
    thread.setDaemon(true);
    thread.start();
  }

  private void renew() {
    long nextNanos = (long) (AFTER_FAILURE_NANOS * (0.5 + random.nextDouble()));
    try {
      Renewal renewal = api.renew(playbackId, playManifest);
      playManifest = renewal.playManifest();
      PlayManifest manifest = api.manifest(renewal.playManifest());
      board.rerank(manifest.nodes(), ticker.nanos());
      nextNanos = intervalNanos(renewal.renewAfterSeconds());
      afterNewRanking.run();
    } catch (PlayException failed) {
      // The nodes go on serving; the next attempt may find the service back.
    } finally {
      synchronized (this) {
        running = false;
        notBeforeNanos = ticker.nanos() + SHORTEST_NANOS;
        dueNanos = ticker.nanos() + nextNanos;
      }
    }
  }

  private static long intervalNanos(long seconds) {
    // A day at most, so that no answer can overflow the clock.
    return Math.max(SHORTEST_NANOS, Math.min(seconds, 86_400) * 1_000_000_000L);
  }
}
