package io.tributary.gateway.identity;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Works out the client's address, once for all behind this edge: the socket's, unless that is a
 * listed proxy; then the last one in {@code X-Forwarded-For} that is not a listed proxy itself.
 * What stands left of that the client could have written.
 *
 * <p>Pure and immutable; safe for use by many threads.
 */
public final class TrustedProxies {
  /** More proxies than anybody has in a row; the rest is somebody's nonsense. */
  private static final int MAX_HOPS = 16;

  private final List<AddressBlock> trusted;

  /**
   * Trusts these.
   *
   * @param blocks addresses or CIDR blocks
   * @throws IllegalArgumentException if one is neither
   */
  public TrustedProxies(List<String> blocks) {
    this.trusted = blocks.stream().map(AddressBlock::parse).toList();
  }

  /**
   * Answers the client's address.
   *
   * @param socket whose connection it is
   * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in their order
   */
  public InetAddress clientOf(InetAddress socket, List<String> forwardedFor) {
    InetAddress nearest = socket;
    if (!isTrusted(socket)) {
      return nearest;
    }
    List<String> hops =
        forwardedFor.stream().flatMap(value -> Arrays.stream(value.split(",", -1))).toList();
    int oldest = Math.max(0, hops.size() - MAX_HOPS);
    for (int i = hops.size() - 1; i >= oldest; i--) {
      Optional<InetAddress> hop = AddressBlock.literal(hops.get(i));
      if (hop.isEmpty()) {
        return nearest;
      }
      nearest = hop.get();
      if (!isTrusted(nearest)) {
        return nearest;
      }
    }
    return nearest;
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(block -> block.contains(address));
  }
}
