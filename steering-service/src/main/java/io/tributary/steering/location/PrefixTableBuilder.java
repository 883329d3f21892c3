package io.tributary.steering.location;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers routes and makes a table of them. The same table whatever order they come in. For one
 * thread.
 */
final class PrefixTableBuilder {
  /** Three times the Internet's whole table of 2026 (1.2 million); 160 MB while it is built. */
  static final int MAX_ROUTES = 4_000_000;

  /** An IPv4 route in one number: address, length, origin; so sorting moves numbers only. */
  private static final int ORIGIN_BITS = 26;

  private static final long ORIGIN_MASK = (1L << ORIGIN_BITS) - 1;
  private static final int LENGTH_MASK = (1 << (Integer.SIZE - ORIGIN_BITS)) - 1;

  private record Ipv6Route(long high, long low, int length, int origin) {
    private static final Comparator<Ipv6Route> BY_PREFIX =
        Comparator.comparingLong((Ipv6Route route) -> route.high ^ Long.MIN_VALUE)
            .thenComparingLong(route -> route.low ^ Long.MIN_VALUE)
            .thenComparingInt(Ipv6Route::length)
            .thenComparingInt(Ipv6Route::origin);
  }

  private final Map<RouteOrigin, Integer> originNumbers = new HashMap<>();
  private final List<RouteOrigin> origins = new ArrayList<>();
  private long[] ipv4Routes = new long[1024];
  private int ipv4Count;
  private final List<Ipv6Route> ipv6Routes = new ArrayList<>();

  /** Adds a route; false if there is no room for one more. */
  boolean add(IpPrefix prefix, RouteOrigin origin) {
    if (ipv4Count + ipv6Routes.size() == MAX_ROUTES) {
      return false;
    }
    int number = originNumbers.computeIfAbsent(origin, this::number);
    if (prefix.version() == IpVersion.V6) {
      ipv6Routes.add(new Ipv6Route(prefix.high(), prefix.low(), prefix.length(), number));
      return true;
    }
    if (ipv4Count == ipv4Routes.length) {
      ipv4Routes = Arrays.copyOf(ipv4Routes, 2 * ipv4Count);
    }
    // The sign is turned so that 128.0.0.0 comes after 127.0.0.0.
    long address = prefix.high() ^ Long.MIN_VALUE;
    ipv4Routes[ipv4Count++] = address | (long) prefix.length() << ORIGIN_BITS | number;
    return true;
  }

  private int number(RouteOrigin origin) {
    origins.add(origin);
    return origins.size() - 1;
  }

  /** The table of all routes so far. */
  PrefixTable build() {
    Arrays.sort(ipv4Routes, 0, ipv4Count);
    ipv6Routes.sort(Ipv6Route.BY_PREFIX);
    OriginSets sets = new OriginSets(origins, originNumbers);
    SortedPrefixes ipv4 = new SortedPrefixes(ipv4Count, sets);
    for (int i = 0; i < ipv4Count; i++) {
      long route = ipv4Routes[i];
      long high = (route ^ Long.MIN_VALUE) & 0xFFFF_FFFF_0000_0000L;
      int length = (int) (route >>> ORIGIN_BITS) & LENGTH_MASK;
      ipv4.add(high, 0, length, (int) (route & ORIGIN_MASK));
    }
    SortedPrefixes ipv6 = new SortedPrefixes(ipv6Routes.size(), sets);
    for (Ipv6Route route : ipv6Routes) {
      ipv6.add(route.high, route.low, route.length, route.origin);
    }
    CoverageSweep ipv4Sweep = ipv4.sweep();
    CoverageSweep ipv6Sweep = ipv6.sweep();
    PrefixEntries entries =
        new PrefixEntries(ipv4, ipv4Sweep.parents, ipv6, ipv6Sweep.parents, sets.tiers());
    return new PrefixTable(ipv4Sweep, ipv6Sweep, entries);
  }
}
