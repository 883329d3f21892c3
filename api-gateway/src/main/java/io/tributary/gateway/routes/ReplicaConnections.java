package io.tributary.gateway.routes;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClient;

/**
 * Connects each request to the address of its replica. Its URL keeps the name, and so do the {@code
 * Host} header and TLS; connections of one address are never taken for another's.
 *
 * <p>Safe for use by many threads.
 */
public final class ReplicaConnections {
  private static final String ATTRIBUTE = Replica.class.getName();

  private final Supplier<Set<InetAddress>> known;
  private final Map<InetAddress, Only> resolvers = new ConcurrentHashMap<>();

  /**
   * Makes one that has no connections yet.
   *
   * @param known the addresses of all replicas there are now
   */
  public ReplicaConnections(Supplier<Set<InetAddress>> known) {
    this.known = known;
  }

  /** Says which replica the request is for. */
  static void mark(ServerWebExchange exchange, Replica replica) {
    exchange.getAttributes().put(ATTRIBUTE, replica);
  }

  /** The client, bound to the replica that the request is for. */
  public HttpClient towards(HttpClient client, ServerWebExchange exchange) {
    Replica replica =
        Objects.requireNonNull(exchange.getAttribute(ATTRIBUTE), "every request has a replica");
    return client.resolver(
        Objects.requireNonNullElseGet(
            resolvers.get(replica.address()), () -> added(replica.address())));
  }

  private Only added(InetAddress address) {
    resolvers.keySet().retainAll(known.get());
    return resolvers.computeIfAbsent(address, Only::new);
  }

  /** Knows one address, and gives it to every name. */
  private static final class Only extends AddressResolverGroup<InetSocketAddress> {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final InetAddress address;
    private final int number = MADE.incrementAndGet();

    Only(InetAddress address) {
      this.address = address;
    }

    /** Made anew each time: the group would keep it for as long as the event loop lives. */
    @Override
    public AddressResolver<InetSocketAddress> getResolver(EventExecutor executor) {
      return newResolver(executor);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
      return new InetSocketAddressResolver(
          executor,
          new InetNameResolver(executor) {
            @Override
            protected void doResolve(String name, Promise<InetAddress> promise) {
              promise.setSuccess(address);
            }

            @Override
            protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
              promise.setSuccess(List.of(address));
            }
          });
    }

    /** Pools of one host differ by this alone, so it must not be the same by chance. */
    @Override
    public int hashCode() {
      return number;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }
}
