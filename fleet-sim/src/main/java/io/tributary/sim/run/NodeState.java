package io.tributary.sim.run;

import io.tributary.sim.world.Node;
import java.util.ArrayList;
import java.util.List;

/** How a node really is. For one thread. */
final class NodeState {
  /** Not yet, or not now. */
  static final long NEVER = Long.MAX_VALUE;

  final Node node;
  final List<RunningPlay> plays = new ArrayList<>();
  private long loadBitsPerSecond;
  private double sentBits;
  private double starvedBits;
  private long countedMicros;
  private double reportedBits;
  private long reportedMicros;
  private double mostLoadShare;

  /** When it died; {@link #NEVER} while it lives. */
  long diedMicros = NEVER;

  /** Whether its machine died with it: nothing is left there that refuses connections. */
  boolean isMachineLost;

  /** Until when it stands still. */
  long pausedUntilMicros;

  /** Since when it is asked for more than it can send; {@link #NEVER} while it is not. */
  long overloadedSinceMicros = NEVER;

  /** Since when it has room that others can know of; {@link #NEVER} while it has none. */
  long roomySinceMicros;

  /** Of its heartbeats. */
  long sequence;

  private final long roomBitsPerSecond;

  /**
   * An idle one.
   *
   * @param roomBitsPerSecond what is left of a node's capacity counts as room from there on
   */
  NodeState(Node node, long roomBitsPerSecond) {
    this.node = node;
    this.roomBitsPerSecond = roomBitsPerSecond;
  }

  boolean isDead() {
    return diedMicros != NEVER;
  }

  /** Whether it would answer a request now. */
  boolean answers(long nowMicros) {
    return !isDead() && nowMicros >= pausedUntilMicros;
  }

  long loadBitsPerSecond() {
    return loadBitsPerSecond;
  }

  /** What it is asked for, as a share of what it can send; 1 is full. */
  double loadShare() {
    return (double) loadBitsPerSecond / node.egressCapacityBitsPerSecond();
  }

  double mostLoadShare() {
    return mostLoadShare;
  }

  /** What its plays wanted beyond what it can send, over all time. */
  double starvedBits(long nowMicros) {
    count(nowMicros);
    return starvedBits;
  }

  void begin(RunningPlay play, long nowMicros) {
    play.place = plays.size();
    plays.add(play);
    load(play.question.bitsPerSecond(), nowMicros);
    mostLoadShare = Math.max(mostLoadShare, loadShare());
  }

  void end(RunningPlay play, long nowMicros) {
    RunningPlay last = plays.removeLast();
    if (last != play) {
      plays.set(play.place, last);
      last.place = play.place;
    }
    load(-play.question.bitsPerSecond(), nowMicros);
  }

  private void load(long change, long nowMicros) {
    count(nowMicros);
    loadBitsPerSecond += change;
    long capacity = node.egressCapacityBitsPerSecond();
    if (loadBitsPerSecond <= capacity) {
      overloadedSinceMicros = NEVER;
    } else if (overloadedSinceMicros == NEVER) {
      overloadedSinceMicros = nowMicros;
    }
    if (loadBitsPerSecond + roomBitsPerSecond > capacity) {
      roomySinceMicros = NEVER;
    } else if (roomySinceMicros == NEVER) {
      roomySinceMicros = nowMicros;
    }
  }

  private void count(long nowMicros) {
    double seconds = (nowMicros - countedMicros) / 1e6;
    long capacity = node.egressCapacityBitsPerSecond();
    sentBits += seconds * Math.min(loadBitsPerSecond, capacity);
    starvedBits += seconds * Math.max(0, loadBitsPerSecond - capacity);
    countedMicros = nowMicros;
  }

  /** What it sent on average since this was asked last. */
  long sentBitsPerSecond(long nowMicros) {
    count(nowMicros);
    double seconds = Math.max(1e-3, (nowMicros - reportedMicros) / 1e6);
    long average = Math.round((sentBits - reportedBits) / seconds);
    reportedBits = sentBits;
    reportedMicros = nowMicros;
    return average;
  }
}
