package io.tributary.playback.plays;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A viewer's address as events may carry it: no closer than its /24 or /48. */
final class ClientNetwork {
  private static final int IPV4_BYTES = 3;
  private static final int IPV6_BYTES = 6;

  private ClientNetwork() {}

  /** Of an address in textual form; empty for anything else. */
  static String of(String address) {
    if (!address.matches("[0-9A-Fa-f:.]{2,45}")) {
      return "";
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      boolean isV4 = parsed instanceof Inet4Address;
      byte[] bytes = parsed.getAddress();
      Arrays.fill(bytes, isV4 ? IPV4_BYTES : IPV6_BYTES, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes).getHostAddress() + (isV4 ? "/24" : "/48");
    } catch (UnknownHostException _) {
      return "";
    }
  }
}
