package io.tributary.gateway.identity;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation; a lone address is a block of one.
 *
 * @param address any of the block
 * @param prefixBits how many leading bits all have in common
 */
record AddressBlock(InetAddress address, int prefixBits) {
  /** Only literals: a name would be looked up, which waits and can be forged. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}");

  /**
   * Reads a block.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address.isPresent()) {
      int all = address.get().getAddress().length * 8;
      String bits = slash < 0 ? String.valueOf(all) : text.substring(slash + 1);
      if (bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= all) {
        return new AddressBlock(address.get(), Integer.parseInt(bits));
      }
    }
    throw new IllegalArgumentException(
        "trusted-proxies holds " + text + " (expected: addresses or CIDR blocks)");
  }

  /** Reads an address without ever asking a name server; brackets and a port may be around it. */
  static Optional<InetAddress> literal(String text) {
    String bare = text.strip();
    if (bare.startsWith("[") && bare.contains("]")) {
      bare = bare.substring(1, bare.indexOf(']'));
    } else if (bare.indexOf('.') > 0 && bare.indexOf(':') > 0 && !bare.startsWith(":")) {
      bare = bare.substring(0, bare.indexOf(':'));
    }
    if (!LITERAL.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
