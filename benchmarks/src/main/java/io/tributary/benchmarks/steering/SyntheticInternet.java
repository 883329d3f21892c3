package io.tributary.benchmarks.steering;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.RouteOrigin;
import io.tributary.steering.location.RouteSink;
import io.tributary.steering.location.RouteSource;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * A million IPv4 and 200,000 IPv6 prefixes with the lengths and the nesting that tables of the
 * Internet have: most are the longest that are usually carried (/24, /48), many lie in shorter ones
 * of their owner. Some have two or three origins. Always the same.
 */
final class SyntheticInternet {
  private static final long SEED = 20_260;
  private static final int IPV4_PREFIXES = 1_000_000;
  private static final int IPV6_PREFIXES = 200_000;

  /** Where registries give IPv6 addresses from, in the first 16 bits. */
  private static final int[] IPV6_REGIONS = {
    0x2001, 0x2400, 0x2401, 0x2402, 0x2403, 0x2404, 0x2405, 0x2406, 0x2407, 0x2408, 0x2409, 0x240E,
    0x2600, 0x2602, 0x2603, 0x2604, 0x2605, 0x2606, 0x2607, 0x2620, 0x2800, 0x2801, 0x2803, 0x2804,
    0x2806, 0x2A00, 0x2A01, 0x2A02, 0x2A03, 0x2A04, 0x2A05, 0x2A06, 0x2A07, 0x2A09, 0x2A0A, 0x2A0B,
    0x2A0C, 0x2A0D, 0x2A0E, 0x2A0F, 0x2A10, 0x2A12, 0x2A13, 0x2A14, 0x2C0F
  };

  private SyntheticInternet() {}

  static void announceTo(RouteSink sink) {
    Random random = new Random(SEED);
    Set<IpPrefix> seen = new HashSet<>();
    byte[] last = new byte[4];
    while (seen.size() < IPV4_PREFIXES) {
      byte[] address = new byte[4];
      random.nextBytes(address);
      if (random.nextInt(100) < 55) {
        // Beside the last one: owners announce parts of what they have.
        System.arraycopy(last, 0, address, 0, 2);
      } else {
        address[0] = (byte) (1 + random.nextInt(223));
      }
      last = address;
      announce(IpPrefix.masked(address, ipv4Length(random)), random, seen, sink);
    }
    Set<IpPrefix> seenIpv6 = new HashSet<>();
    ByteBuffer lastIpv6 = ByteBuffer.allocate(16);
    while (seenIpv6.size() < IPV6_PREFIXES) {
      ByteBuffer address = ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(0);
      if (random.nextInt(100) < 60) {
        address.putInt(0, lastIpv6.getInt(0));
      } else {
        address.putShort(0, (short) IPV6_REGIONS[random.nextInt(IPV6_REGIONS.length)]);
      }
      lastIpv6 = address;
      announce(IpPrefix.masked(address.array(), ipv6Length(random)), random, seenIpv6, sink);
    }
  }

  private static void announce(IpPrefix prefix, Random random, Set<IpPrefix> seen, RouteSink sink) {
    if (!seen.add(prefix)) {
      return;
    }
    for (int origins = random.nextInt(10) < 8 ? 1 : 1 + random.nextInt(3); origins > 0; origins--) {
      RouteOrigin origin =
          new RouteOrigin(
              "site",
              RouteOrigin.DEFAULT_PREFERENCE,
              1 + random.nextInt(5),
              64_500 + random.nextInt(20),
              10L * random.nextInt(3),
              RouteSource.MRT);
      sink.announced(prefix, origin, 64_500);
    }
  }

  private static int ipv4Length(Random random) {
    int share = random.nextInt(100);
    return share < 60 ? 24 : share < 72 ? 22 : share < 80 ? 23 : 8 + random.nextInt(14);
  }

  private static int ipv6Length(Random random) {
    int share = random.nextInt(100);
    return share < 48
        ? 48
        : share < 62 ? 32 : share < 70 ? 44 : share < 78 ? 40 : 29 + random.nextInt(20);
  }
}
