package io.tributary.steering.location;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses that begin with the same bits, such as {@code 192.0.2.0/24}. What is written
 * as an IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.0/120}) is IPv4.
 *
 * <p>The natural order puts IPv4 first, then lower addresses, then shorter prefixes, so that a
 * prefix comes right before those that it covers.
 *
 * @param version of the addresses
 * @param high the address' first 64 bits; of IPv4 the address is in their upper half
 * @param low the address' last 64 bits; 0 for IPv4
 * @param length how many leading bits are the same, 0 to 32 or to 128; all others are 0
 */
public record IpPrefix(IpVersion version, long high, long low, int length)
    implements Comparable<IpPrefix> {

  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** No zone ({@code %eth0}), no brackets; what is left is for the JDK to judge. */
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*");

  /** The longest text of an IPv6 address, six groups and a dotted quad, with {@code /128}. */
  private static final int MAX_CHARACTERS = 49;

  /** Of 16 bits each, in an IPv6 address. */
  private static final int GROUPS = 8;

  private static final int MAPPED_BITS = 96;
  private static final long MAPPED_MARK = 0xFFFF_0000_0000L;

  private static final Comparator<IpPrefix> BY_ADDRESS =
      Comparator.comparing(IpPrefix::version)
          .thenComparing(IpPrefix::high, Long::compareUnsigned)
          .thenComparing(IpPrefix::low, Long::compareUnsigned)
          .thenComparingInt(IpPrefix::length);

  public IpPrefix {
    if (length < 0 || length > version.bits()) {
      throw new IllegalArgumentException(
          "length is " + length + " (expected: 0 to " + version.bits() + ")");
    }
    if ((high & ~highMask(length)) != 0 || (low & ~lowMask(length)) != 0) {
      throw new IllegalArgumentException(
          "prefix has bits set beyond its length of " + length + " (expected: none)");
    }
  }

  /**
   * Reads a prefix.
   *
   * @throws IllegalArgumentException if it is none, has no length, or has bits set beyond it
   */
  public static IpPrefix parse(String text) {
    return parse(text, false);
  }

  /**
   * Reads a prefix as coverage zone files have them: bits beyond the length are dropped, and an
   * address without a length is a prefix of that address alone.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static IpPrefix parseMasked(String text) {
    return parse(text, true);
  }

  /**
   * The prefix of one address alone.
   *
   * @throws IllegalArgumentException if the text is no address
   */
  public static IpPrefix ofAddress(String text) {
    byte[] address = text.length() > MAX_CHARACTERS ? null : literal(text);
    if (address == null) {
      throw new IllegalArgumentException(
          "address is " + cut(text) + " (expected: an IPv4 or IPv6 address)");
    }
    return masked(address, address.length * Byte.SIZE);
  }

  /** The prefix of one address alone. */
  public static IpPrefix ofAddress(InetAddress address) {
    byte[] bytes = address.getAddress();
    return masked(bytes, bytes.length * Byte.SIZE);
  }

  /**
   * The prefix of this length around an address; bits beyond the length are dropped.
   *
   * @param address 4 or 16 bytes
   * @throws IllegalArgumentException if the length is not 0 to 32, or to 128
   */
  public static IpPrefix masked(byte[] address, int length) {
    if (address.length == 4) {
      checkLength(length, IpVersion.V4);
      long high = (long) ByteBuffer.wrap(address).getInt() << 32;
      return new IpPrefix(IpVersion.V4, high & highMask(length), 0, length);
    }
    checkLength(length, IpVersion.V6);
    ByteBuffer bytes = ByteBuffer.wrap(address);
    long high = bytes.getLong();
    long low = bytes.getLong();
    if (isMapped(high, low) && length >= MAPPED_BITS) {
      int mappedLength = length - MAPPED_BITS;
      return new IpPrefix(IpVersion.V4, (low << 32) & highMask(mappedLength), 0, mappedLength);
    }
    return new IpPrefix(IpVersion.V6, high & highMask(length), low & lowMask(length), length);
  }

  /** Whether these are the two halves of an IPv4-mapped IPv6 address. */
  static boolean isMapped(long high, long low) {
    return high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED_MARK;
  }

  /** The lowest of its addresses. */
  InetAddress firstAddress() {
    ByteBuffer bytes = ByteBuffer.allocate(version.bits() / Byte.SIZE);
    if (version == IpVersion.V4) {
      bytes.putInt((int) (high >>> 32));
    } else {
      bytes.putLong(high).putLong(low);
    }
    try {
      return InetAddress.getByAddress(bytes.array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  /** Whether every address of the other is one of this; so for the prefix itself. */
  public boolean covers(IpPrefix other) {
    return version == other.version
        && length <= other.length
        && (other.high & highMask(length)) == high
        && (other.low & lowMask(length)) == low;
  }

  /** The prefix of this length that covers this one; the length is at most this one's. */
  IpPrefix shortened(int newLength) {
    return new IpPrefix(version, high & highMask(newLength), low & lowMask(newLength), newLength);
  }

  static long highMask(int length) {
    return length == 0 ? 0 : length >= Long.SIZE ? -1 : -1L << (Long.SIZE - length);
  }

  static long lowMask(int length) {
    return length <= Long.SIZE ? 0 : -1L << (2 * Long.SIZE - length);
  }

  @Override
  public int compareTo(IpPrefix other) {
    return BY_ADDRESS.compare(this, other);
  }

  /** As it is usually written, IPv6 after RFC 5952. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(MAX_CHARACTERS);
    appendTo(text);
    return text.toString();
  }

  /** As {@link #toString}. */
  void appendTo(StringBuilder text) {
    if (version == IpVersion.V4) {
      appendIpv4(text, (int) (high >>> 32));
    } else {
      appendIpv6(text, high, low);
    }
    text.append('/').append(length);
  }

  private static IpPrefix parse(String text, boolean lenient) {
    int slash = text.indexOf('/');
    if (text.length() > MAX_CHARACTERS || (slash < 0 && !lenient)) {
      throw noPrefix(text);
    }
    byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw noPrefix(text);
    }
    int bits = written(text).bits();
    int length = bits;
    if (slash >= 0) {
      String digits = text.substring(slash + 1);
      if (!LENGTH.matcher(digits).matches() || Integer.parseInt(digits) > bits) {
        throw new IllegalArgumentException(
            "prefix is " + text + " (expected: a length of 0 to " + bits + ")");
      }
      length = Integer.parseInt(digits);
    }
    if (address.length * Byte.SIZE < bits) {
      // The JDK has made IPv4 of a mapped address.
      if (length < MAPPED_BITS) {
        throw new IllegalArgumentException(
            "prefix is " + text + " (expected: of an IPv4-mapped address, a length of 96 to 128)");
      }
      length -= MAPPED_BITS;
    }
    IpPrefix prefix = masked(address, length);
    IpPrefix whole = masked(address, address.length * Byte.SIZE);
    if (!lenient && (whole.high != prefix.high || whole.low != prefix.low)) {
      throw new IllegalArgumentException(
          "prefix is " + text + " (expected: no bit set beyond its length, as in " + prefix + ")");
    }
    return prefix;
  }

  private static IpVersion written(String text) {
    return text.indexOf(':') < 0 ? IpVersion.V4 : IpVersion.V6;
  }

  /** The address' bytes; null if the text is none. Asks no name server, whatever the text. */
  private static byte @Nullable [] literal(String text) {
    if (written(text) == IpVersion.V4) {
      return ipv4Literal(text);
    }
    if (!IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Four fields without leading zeros: some read {@code 010} as eight. */
  private static byte @Nullable [] ipv4Literal(String text) {
    byte[] address = new byte[4];
    int field = 0;
    int value = -1;
    for (int i = 0; i <= text.length(); i++) {
      char next = i == text.length() ? '.' : text.charAt(i);
      if (next == '.' && value >= 0 && field < address.length) {
        address[field++] = (byte) value;
        value = -1;
      } else if (next >= '0' && next <= '9' && value != 0 && value < 26) {
        value = Math.max(value, 0) * 10 + next - '0';
      } else {
        return null;
      }
      if (value > 255) {
        return null;
      }
    }
    return field == address.length ? address : null;
  }

  private static void checkLength(int length, IpVersion version) {
    if (length < 0 || length > version.bits()) {
      throw new IllegalArgumentException(
          "prefix length is " + length + " (expected: 0 to " + version.bits() + ")");
    }
  }

  private static IllegalArgumentException noPrefix(String text) {
    return new IllegalArgumentException(
        "prefix is " + cut(text) + " (expected: an address, / and a length)");
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
  }

  private static void appendIpv4(StringBuilder text, int address) {
    text.append(address >>> 24).append('.').append((address >>> 16) & 0xFF);
    text.append('.').append((address >>> 8) & 0xFF).append('.').append(address & 0xFF);
  }

  private static void appendIpv6(StringBuilder text, long high, long low) {
    int zerosAt = -1;
    int zeros = 1; // a single group of zeros is written out
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && group(high, low, end) == 0) {
        end++;
      }
      if (end - i > zeros) {
        zerosAt = i;
        zeros = end - i;
      }
    }
    for (int i = 0; i < GROUPS; i++) {
      if (i == zerosAt) {
        text.append("::");
        i += zeros - 1;
      } else {
        text.append(i == 0 || i == zerosAt + zeros ? "" : ":");
        appendHex(text, group(high, low, i));
      }
    }
  }

  private static int group(long high, long low, int i) {
    int bitsBehind = Short.SIZE * (GROUPS / 2 - 1 - i % (GROUPS / 2));
    return (int) ((i < GROUPS / 2 ? high : low) >>> bitsBehind) & 0xFFFF;
  }

  /** Without leading zeros. */
  private static void appendHex(StringBuilder text, int group) {
    int bits = 0; // behind the first digit
    while (group >>> bits > 0xF) {
      bits += 4;
    }
    for (; bits >= 0; bits -= 4) {
      text.append(Character.forDigit((group >>> bits) & 0xF, 16));
    }
  }
}
