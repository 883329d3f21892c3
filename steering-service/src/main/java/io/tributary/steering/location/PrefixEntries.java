package io.tributary.steering.location;

import java.util.Arrays;

/**
 * What is known of each prefix of a table, by its entry: those of IPv4 first, each protocol's in
 * the order of their addresses. In flat arrays, since there are a million. Immutable.
 */
final class PrefixEntries {
  private final int[] ipv4Addresses;
  private final long[] ipv6Highs;
  private final long[] ipv6Lows;

  /** As bytes without a sign. */
  private final byte[] lengths;

  private final int[] parents;

  private final OriginTiers originTiers;

  /** Each one's first place in the tiers. */
  private final int[] originSets;

  /** Joins the two protocols' prefixes; parents are counted from each one's first. */
  PrefixEntries(
      SortedPrefixes ipv4,
      int[] ipv4Parents,
      SortedPrefixes ipv6,
      int[] ipv6Parents,
      OriginTiers originTiers) {
    int ipv4Count = ipv4.count();
    int count = ipv4Count + ipv6.count();
    this.ipv4Addresses = new int[ipv4Count];
    for (int i = 0; i < ipv4Count; i++) {
      ipv4Addresses[i] = (int) (ipv4.highs()[i] >>> 32);
    }
    this.ipv6Highs = Arrays.copyOf(ipv6.highs(), ipv6.count());
    this.ipv6Lows = Arrays.copyOf(ipv6.lows(), ipv6.count());
    this.lengths = Arrays.copyOf(ipv4.lengths(), count);
    System.arraycopy(ipv6.lengths(), 0, lengths, ipv4Count, ipv6.count());
    this.parents = Arrays.copyOf(ipv4Parents, count);
    for (int i = 0; i < ipv6.count(); i++) {
      int parent = ipv6Parents[i];
      parents[ipv4Count + i] = parent == PrefixTable.NONE ? parent : parent + ipv4Count;
    }
    this.originSets = Arrays.copyOf(ipv4.originSets(), count);
    System.arraycopy(ipv6.originSets(), 0, originSets, ipv4Count, ipv6.count());
    this.originTiers = originTiers;
  }

  int count() {
    return lengths.length;
  }

  int ipv4Count() {
    return ipv4Addresses.length;
  }

  int parent(int entry) {
    return parents[entry];
  }

  IpPrefix prefix(int entry) {
    int length = Byte.toUnsignedInt(lengths[entry]);
    int ipv6Entry = entry - ipv4Addresses.length;
    return ipv6Entry < 0
        ? new IpPrefix(IpVersion.V4, (long) ipv4Addresses[entry] << 32, 0, length)
        : new IpPrefix(IpVersion.V6, ipv6Highs[ipv6Entry], ipv6Lows[ipv6Entry], length);
  }

  OriginTiers originTiers() {
    return originTiers;
  }

  int originSet(int entry) {
    return originSets[entry];
  }
}
