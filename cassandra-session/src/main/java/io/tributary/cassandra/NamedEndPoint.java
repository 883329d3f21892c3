package io.tributary.cassandra;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A contact point by its host's name. Each connection takes one of the addresses that the name has
 * by then, by chance: the driver alone would take the first for ever, dead or not, and it asks more
 * often than it connects, so that taking turns could miss the same one each time.
 */
final class NamedEndPoint implements EndPoint {
  /** Finds a name's addresses; may block. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String name) throws UnknownHostException;
  }

  private final String host;
  private final int port;
  private final Resolver resolver;
  private final Supplier<RandomGenerator> chance;

  NamedEndPoint(String host, int port, Resolver resolver, Supplier<RandomGenerator> chance) {
    this.host = host;
    this.port = port;
    this.resolver = resolver;
    this.chance = chance;
  }

  /** Unresolved while the name is; connecting then fails with the name. */
  @Override
  public InetSocketAddress resolve() {
    try {
      InetAddress[] addresses = resolver.resolve(host);
      return new InetSocketAddress(addresses[chance.get().nextInt(addresses.length)], port);
    } catch (UnknownHostException _) {
      return InetSocketAddress.createUnresolved(host, port);
    }
  }

  @Override
  public String asMetricPrefix() {
    return host.replace('.', '_') + ':' + port;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedEndPoint that && host.equals(that.host) && port == that.port;
  }

  @Override
  public int hashCode() {
    return 31 * host.hashCode() + port;
  }

  @Override
  public String toString() {
    return host + ':' + port;
  }
}
