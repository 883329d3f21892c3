package io.tributary.steering.location;

import java.util.ArrayList;
import java.util.List;

/** Sorted routes of one protocol in, their prefixes out, each once. For one thread. */
final class SortedPrefixes {
  private final OriginSets sets;
  private final long[] highs;
  private final long[] lows;
  private final byte[] lengths;
  private final int[] originSets;
  private int count;
  private final List<Integer> originsOfLast = new ArrayList<>();

  /** Room for so many routes. */
  SortedPrefixes(int routes, OriginSets sets) {
    this.sets = sets;
    this.highs = new long[routes];
    this.lows = new long[routes];
    this.lengths = new byte[routes];
    this.originSets = new int[routes];
  }

  /** Adds a route that comes after the last one, or is of the same prefix. */
  void add(long high, long low, int length, int origin) {
    if (!isLast(high, low, length)) {
      closeLast();
      highs[count] = high;
      lows[count] = low;
      lengths[count] = (byte) length;
      count++;
    }
    if (originsOfLast.isEmpty() || originsOfLast.getLast() != origin) {
      originsOfLast.add(origin);
    }
  }

  /** Ends the prefixes and finds how they nest. */
  CoverageSweep sweep() {
    closeLast();
    return new CoverageSweep(highs, lows, lengths, count);
  }

  int count() {
    return count;
  }

  long[] highs() {
    return highs;
  }

  long[] lows() {
    return lows;
  }

  /** As bytes without a sign. */
  byte[] lengths() {
    return lengths;
  }

  /** Each one's first place in the sets' tiers. */
  int[] originSets() {
    return originSets;
  }

  private boolean isLast(long high, long low, int length) {
    int last = count - 1;
    return count > 0
        && highs[last] == high
        && lows[last] == low
        && Byte.toUnsignedInt(lengths[last]) == length;
  }

  private void closeLast() {
    if (count > 0) {
      originSets[count - 1] = sets.firstPlace(originsOfLast);
      originsOfLast.clear();
    }
  }
}
