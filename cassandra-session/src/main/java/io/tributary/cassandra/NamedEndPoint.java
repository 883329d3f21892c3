package io.tributary.cassandra;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One of the addresses of a contact point's name. It stays with its address for as long as the name
 * has it, so that a node is one process to the driver; then it moves to one that the name has
 * instead. While the name does not resolve it keeps the one it had.
 *
 * <p>The driver alone would know the name's first address, dead or not, and no other.
 */
final class NamedEndPoint implements EndPoint {
  /** Finds a name's addresses; may block. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  private final String host;
  private final int port;
  private final int place;
  private final Resolver resolver;
  private volatile @Nullable InetAddress address;

  private NamedEndPoint(String host, int port, int place, Resolver resolver) {
    this.host = host;
    this.port = port;
    this.place = place;
    this.resolver = resolver;
  }

  /** As many as the name has addresses now; one while it has none. */
  static List<EndPoint> all(String host, int port, Resolver resolver) {
    int addresses;
    try {
      addresses = resolver.resolve(host).length;
    } catch (UnknownHostException _) {
      addresses = 1;
    }
    return IntStream.range(0, Math.max(1, addresses))
        .<EndPoint>mapToObj(place -> new NamedEndPoint(host, port, place, resolver))
        .toList();
  }

  /** Unresolved while no address is known; connecting then fails with the name. */
  @Override
  public InetSocketAddress resolve() {
    InetAddress known = current();
    return known == null
        ? InetSocketAddress.createUnresolved(host, port)
        : new InetSocketAddress(known, port);
  }

  private @Nullable InetAddress current() {
    InetAddress known = address;
    try {
      List<InetAddress> found = List.of(resolver.resolve(host));
      if (!found.isEmpty() && (known == null || !found.contains(known))) {
        known = found.get(place % found.size());
        address = known;
      }
    } catch (UnknownHostException _) {
      // Then it stays where it is.
    }
    return known;
  }

  @Override
  public String asMetricPrefix() {
    return host.replace('.', '_') + ':' + port + '_' + place;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedEndPoint that
        && host.equals(that.host)
        && port == that.port
        && place == that.place;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * host.hashCode() + port) + place;
  }

  @Override
  public String toString() {
    return host + ':' + port + '#' + place;
  }
}
