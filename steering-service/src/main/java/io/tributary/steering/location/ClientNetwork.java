package io.tributary.steering.location;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The network that a viewer's address is cut to, so that records name no household and a decision
 * can be made again from its record: an IPv4 /24 or an IPv6 /48. Immutable.
 *
 * @param prefix the network
 */
public record ClientNetwork(IpPrefix prefix) {
  private static final int IPV4_LENGTH = 24;
  private static final int IPV6_LENGTH = 48;

  public ClientNetwork {
    if (prefix.length() > lengthOf(prefix.version())) {
      throw new IllegalArgumentException(
          "network is "
              + prefix
              + " (expected: a length of at most "
              + lengthOf(prefix.version())
              + ")");
    }
  }

  /**
   * The network of an address; empty for an empty text.
   *
   * @throws IllegalArgumentException if it is no IP address in its textual form
   */
  public static Optional<ClientNetwork> of(String address) {
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int zone = address.indexOf('%');
    IpPrefix whole = IpPrefix.ofAddress(zone < 0 ? address : address.substring(0, zone));
    return Optional.of(new ClientNetwork(whole.shortened(lengthOf(whole.version()))));
  }

  /** How many bits of an address are kept. */
  static int lengthOf(IpVersion version) {
    return version == IpVersion.V4 ? IPV4_LENGTH : IPV6_LENGTH;
  }

  /** Its first address, for whoever looks addresses up. */
  public InetAddress firstAddress() {
    return prefix.firstAddress();
  }

  /** As it is usually written, such as {@code 192.0.2.0/24}. */
  @Override
  public String toString() {
    return prefix.toString();
  }
}
