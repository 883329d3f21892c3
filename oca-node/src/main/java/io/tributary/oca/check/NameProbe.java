package io.tributary.oca.check;

import io.tributary.oca.check.NameFacts.Result;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Asks the machine's resolver, as the node's own calls do. */
final class NameProbe {
  private NameProbe() {}

  /** The host of a URL without the brackets of an IPv6 address. */
  static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static boolean isLiteral(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static Result look(String host) {
    if (isLiteral(host)) {
      return new Result.Literal();
    }
    long begun = System.nanoTime();
    try {
      List<String> addresses =
          Stream.of(InetAddress.getAllByName(host)).map(InetAddress::getHostAddress).toList();
      return new Result.Resolved(addresses, (System.nanoTime() - begun) / 1_000_000);
    } catch (UnknownHostException e) {
      return new Result.Failed(String.valueOf(e.getMessage()));
    }
  }
}
