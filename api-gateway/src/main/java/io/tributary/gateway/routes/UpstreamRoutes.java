package io.tributary.gateway.routes;

import io.tributary.gateway.routes.PathRoute.Target;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/**
 * One Spring Cloud Gateway route a service. Which one a request takes was decided at the door, by
 * the {@link RouteTable}; here it is only obeyed.
 */
public final class UpstreamRoutes implements RouteLocator {
  private static final String ATTRIBUTE = PathRoute.class.getName();

  /** Never asked: {@link ReplicaFilter} puts a replica's address in its place. */
  private static final URI PLACEHOLDER = URI.create("http://replica.invalid:80");

  private final List<Route> routes = new ArrayList<>();
  private final Map<Upstream, UpstreamCounters> counters = new EnumMap<>(Upstream.class);

  /**
   * Builds the routes.
   *
   * @param urls of each service, without a slash at their end; each stands for all addresses of its
   *     host
   */
  public UpstreamRoutes(
      Map<Upstream, List<URI>> urls,
      HostAddresses addresses,
      RoutingConfig config,
      InstantSource time) {
    for (Upstream upstream : Upstream.values()) {
      List<URI> own = urls.getOrDefault(upstream, List.of());
      UpstreamCounters counted = new UpstreamCounters();
      counters.put(upstream, counted);
      ReplicaRing ring =
          new ReplicaRing(
              () -> own.stream().flatMap(url -> addresses.replicas(url).stream()).toList(),
              config,
              time);
      Target target = new Target.Service(upstream);
      routes.add(
          Route.async()
              .id(upstream.key())
              .uri(PLACEHOLDER)
              .predicate(exchange ->
                  exchange.getAttribute(ATTRIBUTE) instanceof PathRoute route
                      && route.target().equals(target))
              .filter(new ReplicaFilter(upstream, ring, config, counted, time))
              .build());
    }
  }

  /** Marks a request with the row that takes it. */
  public static void mark(ServerWebExchange exchange, PathRoute route) {
    exchange.getAttributes().put(ATTRIBUTE, route);
  }

  /** What became of each service's requests; every service is there. */
  public Map<Upstream, UpstreamCounters> counters() {
    return Collections.unmodifiableMap(counters);
  }

  static PathRoute routeOf(ServerWebExchange exchange) {
    return Objects.requireNonNull(exchange.getAttribute(ATTRIBUTE), "a door marks every request");
  }

  @Override
  public Flux<Route> getRoutes() {
    return Flux.fromIterable(routes);
  }
}
