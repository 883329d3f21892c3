package io.tributary.steering.location;

import java.util.Random;

/** Prefixes and addresses that meet often: all are near a few places. */
final class RandomPrefixes {
  private final Random random;

  RandomPrefixes(long seed) {
    // Generators of neighbouring seeds begin alike.
    this.random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  IpPrefix prefix() {
    byte[] address = address();
    return IpPrefix.masked(address, random.nextInt(address.length * Byte.SIZE + 1));
  }

  /** The ends of both spaces are among them. */
  byte[] address() {
    byte[] address = new byte[random.nextBoolean() ? 4 : 16];
    int kind = random.nextInt(10);
    for (int i = 0; i < address.length; i++) {
      address[i] =
          (byte)
              switch (kind) {
                case 0 -> 0;
                case 1 -> 0xFF;
                case 2, 3 -> random.nextInt(256);
                default -> random.nextInt(4) == 0 ? random.nextInt(256) : 0x20;
              };
    }
    return address;
  }
}
