package io.tributary.steering.location;

import java.util.Arrays;

/**
 * What is known of each prefix of a table, by its entry: those of IPv4 first, each protocol's in
 * the order of their addresses. In flat arrays, since there are a million. Immutable.
 */
final class PrefixEntries {
  private static final int LENGTH_BITS = 8;

  /** Holds any place: a set has no more of them than it has routes. */
  private static final int ORIGIN_SET_BITS = 24;

  private static final int PARENT_SHIFT = LENGTH_BITS + ORIGIN_SET_BITS;
  private static final int ORIGIN_SET_MASK = (1 << ORIGIN_SET_BITS) - 1;

  private final int[] ipv4Addresses;
  private final long[] ipv6Highs;
  private final long[] ipv6Lows;

  /**
   * Parent, length and first place among the origins' tiers in one number, so that one fetch from
   * memory brings all: a chain's entries lie far from each other.
   */
  private final long[] links;

  private final OriginTiers originTiers;

  /** Joins the two protocols' prefixes; parents are counted from each one's first. */
  PrefixEntries(
      SortedPrefixes ipv4,
      int[] ipv4Parents,
      SortedPrefixes ipv6,
      int[] ipv6Parents,
      OriginTiers originTiers) {
    int ipv4Count = ipv4.count();
    this.ipv4Addresses = new int[ipv4Count];
    for (int i = 0; i < ipv4Count; i++) {
      ipv4Addresses[i] = (int) (ipv4.highs()[i] >>> 32);
    }
    this.ipv6Highs = Arrays.copyOf(ipv6.highs(), ipv6.count());
    this.ipv6Lows = Arrays.copyOf(ipv6.lows(), ipv6.count());
    this.links = new long[ipv4Count + ipv6.count()];
    for (int i = 0; i < ipv4Count; i++) {
      links[i] = link(ipv4Parents[i], ipv4, i);
    }
    for (int i = 0; i < ipv6.count(); i++) {
      int parent = ipv6Parents[i];
      links[ipv4Count + i] =
          link(parent == PrefixTable.NONE ? parent : parent + ipv4Count, ipv6, i);
    }
    this.originTiers = originTiers;
  }

  private static long link(int parent, SortedPrefixes prefixes, int i) {
    return (long) parent << PARENT_SHIFT
        | (long) Byte.toUnsignedInt(prefixes.lengths()[i]) << ORIGIN_SET_BITS
        | prefixes.originSets()[i];
  }

  int count() {
    return links.length;
  }

  int ipv4Count() {
    return ipv4Addresses.length;
  }

  int parent(int entry) {
    return (int) (links[entry] >> PARENT_SHIFT);
  }

  IpPrefix prefix(int entry) {
    int length = (int) (links[entry] >>> ORIGIN_SET_BITS) & ((1 << LENGTH_BITS) - 1);
    int ipv6Entry = entry - ipv4Addresses.length;
    return ipv6Entry < 0
        ? new IpPrefix(IpVersion.V4, (long) ipv4Addresses[entry] << 32, 0, length)
        : new IpPrefix(IpVersion.V6, ipv6Highs[ipv6Entry], ipv6Lows[ipv6Entry], length);
  }

  OriginTiers originTiers() {
    return originTiers;
  }

  int originSet(int entry) {
    return (int) links[entry] & ORIGIN_SET_MASK;
  }
}
