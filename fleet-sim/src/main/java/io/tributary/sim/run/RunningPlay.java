package io.tributary.sim.run;

import io.tributary.sim.world.Node;
import io.tributary.sim.world.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A play, and the nodes it was named. For one thread. */
final class RunningPlay {
  final Question question;
  final long endMicros;

  /** What it was named; replaced when it asks again. */
  List<Node> named = List.of();

  /** Of {@link #named}, the next to try. */
  int next;

  /** Who sends it; null before the first and after the last. */
  @Nullable NodeState at;

  /** Its place in its node's list. */
  int place;

  /** Since when that node sends it. */
  long sinceMicros;

  /** Whether a living holder was nearer then. */
  boolean isFromAfar;

  RunningPlay(Question question, long endMicros) {
    this.question = question;
    this.endMicros = endMicros;
  }
}
