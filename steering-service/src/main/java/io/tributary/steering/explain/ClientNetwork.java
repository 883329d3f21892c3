package io.tributary.steering.explain;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Cuts a viewer's address to its network, so that records name no household. Pure. */
public final class ClientNetwork {
  private ClientNetwork() {}

  /**
   * The address' /24 (IPv4) or /48 (IPv6), e.g. {@code 192.0.2.0/24}; empty for an empty address.
   *
   * @throws IllegalArgumentException if it is no IP address in its textual form
   */
  public static String of(String address) {
    if (address.isEmpty()) {
      return "";
    }
    int zone = address.indexOf('%');
    InetAddress whole = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
    int kept = whole instanceof Inet4Address ? 3 : 6;
    byte[] bytes = whole.getAddress();
    Arrays.fill(bytes, kept, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * 8;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
