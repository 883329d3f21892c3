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
 * <p>In one object, since it is seldom in a processor's cache when a decision asks for it.
 *
 * @param egressCapacityBitsPerSecond what it may send; 0 where it is not known
 * @param egressBitsPerSecond what it told last that it sends
 * @param sinceLastFigure bits a second that were promised since then
 * @param beganMillis when the first of those was, since the epoch
 * @param sinceFigureBefore bits a second that were promised between that figure and the one before
 * @param beganBeforeMillis when the first of those was
 */
record NodeLoad(
    long egressCapacityBitsPerSecond,
    long egressBitsPerSecond,
    long sinceLastFigure,
    long beganMillis,
    long sinceFigureBefore,
    long beganBeforeMillis) {
  /** Of a node that told none, and of which nothing was promised. */
  static final NodeLoad UNKNOWN = new NodeLoad(0, 0, 0, 0, 0, 0);

  /**
   * A figure that does not come for so long is no longer waited for: while the feed is away plays
   * end too, and a node must not look ever fuller.
   */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final long LONGEST_WAIT_MILLIS = LONGEST_WAIT.toMillis();

  /** With a part of what it can send promised. */
  NodeLoad reserved(long playBitsPerSecond, Instant at) {
    long now = at.toEpochMilli();
    NodeLoad left = at(now);
    return new NodeLoad(
        egressCapacityBitsPerSecond,
        egressBitsPerSecond,
        left.sinceLastFigure + playBitsPerSecond,
        left.sinceLastFigure == 0 ? now : left.beganMillis,
        left.sinceFigureBefore,
        left.beganBeforeMillis);
  }

  /** With another figure of the node. */
  NodeLoad told(LoadBoard.Load last) {
    return waiting(last.egressCapacityBitsPerSecond(), last.egressBitsPerSecond());
  }

  /** What it told last. */
  LoadBoard.Load last() {
    return new LoadBoard.Load(egressCapacityBitsPerSecond, egressBitsPerSecond);
  }

  /** What a decision needs. */
  LoadBoard.Standing standing(Instant at) {
    NodeLoad left = at(at.toEpochMilli());
    return new LoadBoard.Standing(
        egressCapacityBitsPerSecond,
        egressBitsPerSecond,
        left.sinceLastFigure + left.sinceFigureBefore);
  }

  private NodeLoad waiting(long capacityBitsPerSecond, long bitsPerSecond) {
    return new NodeLoad(capacityBitsPerSecond, bitsPerSecond, 0, 0, sinceLastFigure, beganMillis);
  }

  /** Less what is too old to be waited for. A clock that jumps makes it so: it is seconds old. */
  private NodeLoad at(long now) {
    NodeLoad left = this;
    if (sinceLastFigure > 0 && Math.abs(now - beganMillis) > LONGEST_WAIT_MILLIS) {
      left = waiting(egressCapacityBitsPerSecond, egressBitsPerSecond);
    }
    if (left.sinceFigureBefore > 0
        && Math.abs(now - left.beganBeforeMillis) > 2 * LONGEST_WAIT_MILLIS) {
      left =
          new NodeLoad(
              egressCapacityBitsPerSecond,
              egressBitsPerSecond,
              left.sinceLastFigure,
              left.beganMillis,
              0,
              0);
    }
    return left;
  }
}
