package io.tributary.controlplane.routes;

import java.util.List;
import java.util.Optional;

/**
 * Addresses that nobody on the Internet has: IANA's special-purpose registries (RFC 6890 and what
 * was added to them), multicast, and what is kept for later. Pure.
 */
final class SpecialBlocks {
  private static final List<Special> ALL =
      List.of(
          special("0.0.0.0/8", "of this network"),
          special("10.0.0.0/8", "private"),
          special("100.64.0.0/10", "shared by carriers"),
          special("127.0.0.0/8", "loopback"),
          special("169.254.0.0/16", "link-local"),
          special("172.16.0.0/12", "private"),
          special("192.0.0.0/24", "for protocols"),
          special("192.0.2.0/24", "for documentation"),
          special("192.88.99.0/24", "for 6to4 relays"),
          special("192.168.0.0/16", "private"),
          special("198.18.0.0/15", "for benchmarks"),
          special("198.51.100.0/24", "for documentation"),
          special("203.0.113.0/24", "for documentation"),
          special("224.0.0.0/4", "multicast"),
          special("240.0.0.0/4", "reserved"),
          special("::/8", "reserved"),
          special("64:ff9b::/96", "for translation"),
          special("64:ff9b:1::/48", "for translation"),
          special("100::/64", "to be discarded"),
          special("2001::/23", "for protocols"),
          special("2001:db8::/32", "for documentation"),
          special("2002::/16", "for 6to4"),
          special("3fff::/20", "for documentation"),
          special("5f00::/16", "for segment routing"),
          special("fc00::/7", "private"),
          special("fe80::/10", "link-local"),
          special("ff00::/8", "multicast"));

  private SpecialBlocks() {}

  /** The one that all of {@code block} lies in. */
  static Optional<Special> around(AddressBlock block) {
    return ALL.stream().filter(special -> special.block().covers(block)).findFirst();
  }

  private static Special special(String block, String what) {
    return new Special(AddressBlock.parse(block).orElseThrow(), block, what);
  }

  /**
   * A block of a registry.
   *
   * @param block the addresses
   * @param text as it is written
   * @param what they are, for people
   */
  record Special(AddressBlock block, String text, String what) {}
}
