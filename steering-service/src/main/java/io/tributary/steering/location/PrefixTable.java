package io.tributary.steering.location;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * The prefixes that sites reach, and for an address the chain of those that cover it, the most
 * specific first. A prefix is known by its entry, a small number; its parent is the next prefix
 * that covers it.
 *
 * <p>Prefixes nest, ranges do not: the table holds where the most specific prefix changes, in one
 * sorted array a protocol. A lookup takes the address' first 16 bits to a part of the array and
 * halves that. It allocates nothing, and a range takes 8 bytes, or 20 of IPv6; a tree would need
 * several times as much for its nodes.
 *
 * <p>Immutable; safe for use by many threads.
 */
public final class PrefixTable {
  /** No entry: no prefix covers the address, or the prefix. */
  public static final int NONE = CoverageSweep.NONE;

  /** Of no prefix. */
  public static final PrefixTable EMPTY = new PrefixTableBuilder().build();

  /** So many leading bits choose a part of the ranges: 256 KiB a protocol, which a cache holds. */
  private static final int INDEX_BITS = 16;

  private static final long OWNER_MASK = 0xFFFF_FFFFL;

  /**
   * First address and owner in one number, so that one fetch from memory brings both: the address
   * above, its sign turned so that numbers order as addresses do.
   */
  private final long[] ipv4Ranges;

  private final int[] ipv4Index;
  private final long[] ipv6StartHighs;
  private final long[] ipv6StartLows;
  private final int[] ipv6Owners;
  private final int[] ipv6Index;

  private final PrefixEntries entries;

  /** Owners of the IPv6 sweep are counted from 0, as its prefixes are. */
  PrefixTable(CoverageSweep ipv4, CoverageSweep ipv6, PrefixEntries entries) {
    this.entries = entries;
    this.ipv4Ranges = Arrays.copyOf(ipv4.startHighs, ipv4.ranges);
    for (int i = 0; i < ipv4.ranges; i++) {
      ipv4Ranges[i] ^= Long.MIN_VALUE | Integer.toUnsignedLong(ipv4.owners[i]);
    }
    this.ipv4Index = index(ipv4);
    this.ipv6StartHighs = Arrays.copyOf(ipv6.startHighs, ipv6.ranges);
    for (int i = 0; i < ipv6.ranges; i++) {
      ipv6StartHighs[i] ^= Long.MIN_VALUE;
    }
    this.ipv6StartLows = Arrays.copyOf(ipv6.startLows, ipv6.ranges);
    this.ipv6Owners = Arrays.copyOf(ipv6.owners, ipv6.ranges);
    for (int i = 0; i < ipv6.ranges; i++) {
      ipv6Owners[i] += ipv6Owners[i] == NONE ? 0 : entries.ipv4Count();
    }
    this.ipv6Index = index(ipv6);
  }

  /** By leading bits: how many ranges begin below them. */
  private static int[] index(CoverageSweep sweep) {
    int[] index = new int[(1 << INDEX_BITS) + 1];
    for (int i = 0; i < sweep.ranges; i++) {
      index[(int) (sweep.startHighs[i] >>> (Long.SIZE - INDEX_BITS)) + 1]++;
    }
    for (int i = 1; i < index.length; i++) {
      index[i] += index[i - 1];
    }
    return index;
  }

  /** How many prefixes it holds. */
  public int size() {
    return entries.count();
  }

  /** The entry of the most specific prefix that covers the address; {@link #NONE} if none does. */
  public int find(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return findIpv4((int) bits(bytes, 0, 4));
    }
    return findIpv6(bits(bytes, 0, 8), bits(bytes, 8, 8));
  }

  /** As {@link #find} for an IPv4 address. */
  public int findIpv4(int address) {
    int part = address >>> (Integer.SIZE - INDEX_BITS);
    long sought = ((long) address << 32 | OWNER_MASK) ^ Long.MIN_VALUE;
    int first = ipv4Index[part] - 1; // begins before this part, or is the first of all
    int last = ipv4Index[part + 1] - 1;
    while (first < last) {
      int middle = (first + last + 1) >>> 1;
      if (ipv4Ranges[middle] <= sought) {
        first = middle;
      } else {
        last = middle - 1;
      }
    }
    return (int) ipv4Ranges[first];
  }

  /** As {@link #find} for an IPv6 address in two halves; an IPv4-mapped one is IPv4. */
  public int findIpv6(long high, long low) {
    if (IpPrefix.isMapped(high, low)) {
      return findIpv4((int) low);
    }
    int part = (int) (high >>> (Long.SIZE - INDEX_BITS));
    long sought = high ^ Long.MIN_VALUE;
    int first = ipv6Index[part] - 1;
    int last = ipv6Index[part + 1] - 1;
    while (first < last) {
      int middle = (first + last + 1) >>> 1;
      long start = ipv6StartHighs[middle];
      if (start < sought
          || (start == sought && Long.compareUnsigned(ipv6StartLows[middle], low) <= 0)) {
        first = middle;
      } else {
        last = middle - 1;
      }
    }
    return ipv6Owners[first];
  }

  /** The next prefix that covers the entry's; {@link #NONE} if none does. */
  public int parent(int entry) {
    return entries.parent(entry);
  }

  /** The entry's prefix. */
  public IpPrefix prefix(int entry) {
    return entries.prefix(entry);
  }

  /**
   * Where in the {@link #originTiers() tiers} those sites begin that reach the entry's prefix: by
   * the operator's preference, then the shorter AS path, then the lower MED of one neighbour. Each
   * site once.
   */
  int originSet(int entry) {
    return entries.originSet(entry);
  }

  /** The sites of all entries' prefixes. */
  OriginTiers originTiers() {
    return entries.originTiers();
  }

  private static long bits(byte[] bytes, int from, int count) {
    long bits = 0;
    for (int i = from; i < from + count; i++) {
      bits = bits << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
    }
    return bits;
  }
}
