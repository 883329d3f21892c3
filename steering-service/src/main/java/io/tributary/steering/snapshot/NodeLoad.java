package io.tributary.steering.snapshot;

import java.time.Duration;
import java.time.Instant;

/**
 * One node's live figures: what it told last, and what was promised of it and is not in that yet.
 * Without the latter every play of the seconds between two figures would go to the node that looked
 * idle last. Safe for use by many threads.
 *
 * <p>A play counts until the second figure after it: the first is an average over a time in which
 * it may have begun, the second over one in which it ran. So some plays count twice for a moment,
 * and none is forgotten, however rarely nodes report.
 */
final class NodeLoad {
  /**
   * A figure that does not come for so long is no longer waited for: while the feed is away plays
   * end too, and a node must not look ever fuller.
   */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final long LONGEST_WAIT_MILLIS = LONGEST_WAIT.toMillis();

  private long egressCapacityBitsPerSecond;
  private long egressBitsPerSecond;
  private long sinceLastFigure;
  private long sinceFigureBefore;

  /** When the first of each of them was promised, since the epoch. */
  private long beganMillis;

  private long beganBeforeMillis;

  /** Promises a part of what it can send. */
  synchronized void reserve(long playBitsPerSecond, Instant at) {
    long now = at.toEpochMilli();
    forget(now);
    if (sinceLastFigure == 0) {
      beganMillis = now;
    }
    sinceLastFigure += playBitsPerSecond;
  }

  /** A figure of the node is here. */
  synchronized void told(LoadBoard.Load load) {
    egressCapacityBitsPerSecond = load.egressCapacityBitsPerSecond();
    egressBitsPerSecond = load.egressBitsPerSecond();
    waitForNext();
  }

  /** What it told last. */
  synchronized LoadBoard.Load last() {
    return new LoadBoard.Load(egressCapacityBitsPerSecond, egressBitsPerSecond);
  }

  synchronized LoadBoard.Standing standing(Instant at) {
    forget(at.toEpochMilli());
    return new LoadBoard.Standing(
        egressCapacityBitsPerSecond, egressBitsPerSecond, sinceLastFigure + sinceFigureBefore);
  }

  private void waitForNext() {
    sinceFigureBefore = sinceLastFigure;
    beganBeforeMillis = beganMillis;
    sinceLastFigure = 0;
  }

  /** A clock that jumps, forth or back, drops them: they are seconds old at most. */
  private void forget(long now) {
    if (sinceLastFigure > 0 && Math.abs(now - beganMillis) > LONGEST_WAIT_MILLIS) {
      waitForNext();
    }
    if (sinceFigureBefore > 0 && Math.abs(now - beganBeforeMillis) > 2 * LONGEST_WAIT_MILLIS) {
      sinceFigureBefore = 0;
    }
  }
}
