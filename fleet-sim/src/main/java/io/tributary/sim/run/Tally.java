package io.tributary.sim.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is counted of a run. Shares of nothing are 0. For one thread. */
public final class Tally {
  long plays;
  long refused;
  long cutOff;
  long firstToUnhealthy;
  long firstToNonHolding;
  long failedTries;
  double bits;
  double afarBits;
  double fetchedBits;
  double kilometreBits;
  double starvedBits;
  double mostLoadShare;
  long flaps;
  long wronglyGivenUp;
  final List<Long> outAfterMicros = new ArrayList<>();

  /** That asked for nodes. */
  public long plays() {
    return plays;
  }

  /** Plays whose first node was dead or stood still. */
  public double unhealthyShare() {
    return share(firstToUnhealthy, plays);
  }

  /** Plays whose first node did not hold the package. */
  public double nonHoldingShare() {
    return share(firstToNonHolding, plays);
  }

  /** Plays that were named nobody, or nobody who could send, at their beginning or later. */
  public double rejectedShare() {
    return share(refused + cutOff, plays);
  }

  /**
   * Of all bytes that moved, those that did not come from the nearest tier where a living node held
   * them, and those that a node fetched because it did not hold them.
   */
  public double afarShare() {
    return share(afarBits + fetchedBits, bits + fetchedBits);
  }

  /** That a viewer's byte travelled on average, with the way to a node that had to fetch it. */
  public double kilometres() {
    return share(kilometreBits, bits);
  }

  /** Bytes that plays wanted and nodes beyond their capacity could not send. */
  public double starvedShare() {
    return share(starvedBits, bits);
  }

  /** The most that any node was asked for at any time, of its capacity. */
  public double mostLoadShare() {
    return mostLoadShare;
  }

  /** Nodes that never died and were given up and taken back. */
  public long flaps() {
    return flaps;
  }

  /** Nodes that lived and were given up. */
  public long wronglyGivenUp() {
    return wronglyGivenUp;
  }

  /** Of each dead node, how long after its death the last replica named it no more; sorted. */
  public List<Long> outAfterMicros() {
    List<Long> sorted = new ArrayList<>(outAfterMicros);
    Collections.sort(sorted);
    return sorted;
  }

  /** This and the other together, as if they were one run. */
  public Tally plus(Tally other) {
    Tally sum = new Tally();
    for (Tally each : List.of(this, other)) {
      sum.plays += each.plays;
      sum.refused += each.refused;
      sum.cutOff += each.cutOff;
      sum.firstToUnhealthy += each.firstToUnhealthy;
      sum.firstToNonHolding += each.firstToNonHolding;
      sum.failedTries += each.failedTries;
      sum.bits += each.bits;
      sum.afarBits += each.afarBits;
      sum.fetchedBits += each.fetchedBits;
      sum.kilometreBits += each.kilometreBits;
      sum.starvedBits += each.starvedBits;
      sum.mostLoadShare = Math.max(sum.mostLoadShare, each.mostLoadShare);
      sum.flaps += each.flaps;
      sum.wronglyGivenUp += each.wronglyGivenUp;
      sum.outAfterMicros.addAll(each.outAfterMicros);
    }
    return sum;
  }

  private static double share(long part, long whole) {
    return share((double) part, (double) whole);
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
