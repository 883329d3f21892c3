package io.tributary.steering.snapshot;

import java.time.Duration;
import java.time.Instant;

/**
 * One node's live figures: what it told last, and what was promised of it and is not in that yet.
 * Without the latter every play of the seconds between two figures would go to the node that looked
 * idle last. Immutable: each decision reads those of all its candidates, and waits for nobody.
 *
 * <p>A play counts until the second figure after it: the first is an average over a time in which
 * it may have begun, the second over one in which it ran. So some plays count twice for a moment,
 * and none is forgotten, however rarely nodes report.
 *
 * @param figures what it told last
 * @param sinceLast what was promised since then
 * @param sinceFigureBefore what was promised between that and the figure before it
 */
record NodeLoad(LoadBoard.Load figures, Promised sinceLast, Promised sinceFigureBefore) {
  /** Of a node that told none, and was promised to nobody. */
  static final NodeLoad UNKNOWN =
      new NodeLoad(LoadBoard.Load.UNKNOWN, Promised.NOTHING, Promised.NOTHING);

  /**
   * A figure that does not come for so long is no longer waited for: while the feed is away plays
   * end too, and a node must not look ever fuller.
   */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final long LONGEST_WAIT_MILLIS = LONGEST_WAIT.toMillis();

  /**
   * Plays that were sent to the node.
   *
   * @param bitsPerSecond of them all
   * @param beganMillis when the first of them was, since the epoch
   */
  record Promised(long bitsPerSecond, long beganMillis) {
    static final Promised NOTHING = new Promised(0, 0);

    /** A clock that jumps, forth or back, makes them old: they are seconds old at most. */
    private boolean isOlder(long millis, long now) {
      return bitsPerSecond > 0 && Math.abs(now - beganMillis) > millis;
    }
  }

  /** With a part of what it can send promised. */
  NodeLoad reserved(long playBitsPerSecond, Instant at) {
    long now = at.toEpochMilli();
    NodeLoad left = at(now);
    Promised last = left.sinceLast;
    Promised more =
        new Promised(
            last.bitsPerSecond + playBitsPerSecond,
            last.bitsPerSecond == 0 ? now : last.beganMillis);
    return new NodeLoad(figures, more, left.sinceFigureBefore);
  }

  /** With another figure of the node. */
  NodeLoad told(LoadBoard.Load last) {
    return new NodeLoad(last, Promised.NOTHING, sinceLast);
  }

  /** What a decision needs. */
  LoadBoard.Standing standing(Instant at) {
    NodeLoad left = at(at.toEpochMilli());
    return new LoadBoard.Standing(
        figures.egressCapacityBitsPerSecond(),
        figures.egressBitsPerSecond(),
        left.sinceLast.bitsPerSecond + left.sinceFigureBefore.bitsPerSecond);
  }

  /** Less what is too old to be waited for. */
  private NodeLoad at(long now) {
    NodeLoad left = sinceLast.isOlder(LONGEST_WAIT_MILLIS, now) ? told(figures) : this;
    return left.sinceFigureBefore.isOlder(2 * LONGEST_WAIT_MILLIS, now)
        ? new NodeLoad(figures, left.sinceLast, Promised.NOTHING)
        : left;
  }
}
