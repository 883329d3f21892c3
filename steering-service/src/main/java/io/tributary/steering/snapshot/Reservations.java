package io.tributary.steering.snapshot;

import java.time.Duration;
import java.time.Instant;

/**
 * What was promised of one node and is not in its figures yet: without it every play of the seconds
 * between two figures would go to the node that looked idle last. Safe for use by many threads.
 *
 * <p>A play counts until the second figure after it: the first is an average over a time in which
 * it may have begun, the second over one in which it ran. So some plays count twice for a moment,
 * and none is forgotten, however rarely nodes report.
 */
final class Reservations {
  /**
   * A figure that does not come for so long is no longer waited for: while the feed is away plays
   * end too, and a node must not look ever fuller.
   */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private long sinceLastFigure;
  private long sinceFigureBefore;

  /** When the first of each of them was promised. */
  private Instant began = Instant.EPOCH;

  private Instant beganBefore = Instant.EPOCH;

  synchronized void add(long playBitsPerSecond, Instant at) {
    forget(at);
    if (sinceLastFigure == 0) {
      began = at;
    }
    sinceLastFigure += playBitsPerSecond;
  }

  /** A figure of the node is here. */
  synchronized void figureCame() {
    sinceFigureBefore = sinceLastFigure;
    beganBefore = began;
    sinceLastFigure = 0;
  }

  synchronized long sum(Instant at) {
    forget(at);
    return sinceLastFigure + sinceFigureBefore;
  }

  /** A clock that jumps, forth or back, drops them: they are seconds old at most. */
  private void forget(Instant at) {
    if (sinceLastFigure > 0 && isFarFrom(began, at, LONGEST_WAIT)) {
      figureCame();
    }
    if (sinceFigureBefore > 0 && isFarFrom(beganBefore, at, LONGEST_WAIT.multipliedBy(2))) {
      sinceFigureBefore = 0;
    }
  }

  private static boolean isFarFrom(Instant one, Instant other, Duration bound) {
    return Duration.between(one, other).abs().compareTo(bound) > 0;
  }
}
