package io.tributary.steering.location;

/**
 * Turns prefixes, which nest, into ranges of addresses, which do not: each range begins where the
 * most specific prefix changes. Addresses are 128 bits, an IPv4 address being the first 32.
 *
 * <p>One pass over the sorted prefixes with a stack of those that are open. At most {@code 2n + 1}
 * ranges. For one thread.
 */
final class CoverageSweep {
  /** No prefix covers the range, or the prefix. */
  static final int NONE = -1;

  private final long[] highs;
  private final long[] lows;
  private final byte[] lengths;

  /** By prefix: the next one that covers it. */
  final int[] parents;

  /** By range: its first address, and its most specific prefix. */
  final long[] startHighs;

  final long[] startLows;
  final int[] owners;
  int ranges;

  private final int[] open = new int[IpVersion.V6.bits() + 1];
  private int depth;

  /**
   * Sweeps.
   *
   * @param lengths as bytes without a sign
   */
  CoverageSweep(long[] highs, long[] lows, byte[] lengths, int count) {
    this.highs = highs;
    this.lows = lows;
    this.lengths = lengths;
    this.parents = new int[count];
    this.startHighs = new long[2 * count + 1];
    this.startLows = new long[2 * count + 1];
    this.owners = new int[2 * count + 1];
    begin(0, 0, NONE);
    for (int i = 0; i < count; i++) {
      closeBefore(i);
      parents[i] = innermost();
      begin(highs[i], lows[i], i);
      open[depth++] = i;
    }
    while (depth > 0) {
      close();
    }
  }

  private void closeBefore(int next) {
    while (depth > 0 && !covers(open[depth - 1], next)) {
      close();
    }
  }

  private boolean covers(int outer, int inner) {
    int length = Byte.toUnsignedInt(lengths[outer]);
    return (highs[inner] & IpPrefix.highMask(length)) == highs[outer]
        && (lows[inner] & IpPrefix.lowMask(length)) == lows[outer];
  }

  private void close() {
    int closed = open[--depth];
    int length = Byte.toUnsignedInt(lengths[closed]);
    long lastHigh = highs[closed] | ~IpPrefix.highMask(length);
    long lastLow = lows[closed] | ~IpPrefix.lowMask(length);
    if (lastLow != -1) {
      begin(lastHigh, lastLow + 1, innermost());
    } else if (lastHigh != -1) {
      begin(lastHigh + 1, 0, innermost());
    }
  }

  private int innermost() {
    return depth == 0 ? NONE : open[depth - 1];
  }

  private void begin(long high, long low, int owner) {
    boolean sameStart =
        ranges > 0 && startHighs[ranges - 1] == high && startLows[ranges - 1] == low;
    int at = sameStart ? ranges - 1 : ranges++;
    startHighs[at] = high;
    startLows[at] = low;
    owners[at] = owner;
  }
}
