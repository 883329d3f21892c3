package io.tributary.controlplane.routes;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses as an operator writes it, such as {@code 192.0.2.0/24}: however it is
 * written, the same block is equal. Not yet one that may be granted.
 *
 * @param address as a number
 * @param bits of the address: 32 or 128
 * @param length how many leading bits are the same, at most all
 */
public record AddressBlock(BigInteger address, int bits, int length) {
  /** The longest text of a v6 address, six groups and a dotted quad, with its length. */
  public static final int MAX_CHARACTERS = 49;

  private static final int V4_BITS = 32;

  /** The largest blocks that registries gave to one network: /8; of v6 none reaches /16. */
  private static final int WIDEST_V4 = 8;

  private static final int WIDEST_V6 = 16;

  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** Without leading zeros: some read {@code 010} as eight. */
  private static final Pattern V4 =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

  /** No zone ({@code %eth0}), no brackets; what is left is for the JDK to judge. */
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*");

  /** Reads one; empty if the text is no address, {@code /} and a length. Asks no name server. */
  public static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    if (text.length() > MAX_CHARACTERS || slash < 0) {
      return Optional.empty();
    }
    byte[] address = address(text.substring(0, slash));
    String digits = text.substring(slash + 1);
    if (address == null || !LENGTH.matcher(digits).matches()) {
      return Optional.empty();
    }
    int bits = address.length * Byte.SIZE;
    int length = Integer.parseInt(digits);
    return length > bits
        ? Optional.empty()
        : Optional.of(new AddressBlock(new BigInteger(1, address), bits, length));
  }

  /** The shortest length that may be granted. */
  public int widest() {
    return isV4() ? WIDEST_V4 : WIDEST_V6;
  }

  /** Whether the address has bits set that its length does not reach. */
  public boolean hasBitsBeyondLength() {
    int lowest = address.getLowestSetBit();
    return lowest >= 0 && lowest < bits - length;
  }

  boolean isV4() {
    return bits == V4_BITS;
  }

  /** The block of that length around this one, which is no shorter than it. */
  AddressBlock widened(int toLength) {
    int beyond = bits - toLength;
    return new AddressBlock(address.shiftRight(beyond).shiftLeft(beyond), bits, toLength);
  }

  /** Whether all of the other lies in this one. */
  boolean covers(AddressBlock other) {
    return bits == other.bits && length <= other.length && equals(other.widened(length));
  }

  /** Null for no address, and for v4 that is written as v6: it would be granted under two names. */
  private static byte @Nullable [] address(String text) {
    boolean isV4 = text.indexOf(':') < 0;
    if (!(isV4 ? V4 : V6).matcher(text).matches()) {
      return null;
    }
    try {
      byte[] address = InetAddress.ofLiteral(text).getAddress();
      return isV4 == (address.length * Byte.SIZE == V4_BITS) ? address : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
