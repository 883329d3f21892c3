package io.tributary.benchmarks.steering;

import io.tributary.steering.location.IpPrefix;
import io.tributary.steering.location.IpVersion;
import java.util.List;
import java.util.Random;

/** Addresses of viewers: half of them in prefixes of a table, half anywhere. */
final class Clients {
  private Clients() {}

  /** One's address. */
  static byte[] address(List<IpPrefix> prefixes, Random random) {
    IpPrefix prefix = prefixes.get(random.nextInt(prefixes.size()));
    byte[] address = new byte[prefix.version() == IpVersion.V4 ? 4 : 16];
    random.nextBytes(address);
    if (random.nextBoolean()) {
      for (int i = 0; i < Math.min(3, prefix.length() / Byte.SIZE); i++) {
        address[i] = (byte) (prefix.high() >>> (Long.SIZE - Byte.SIZE * (i + 1)));
      }
    }
    return address;
  }
}
