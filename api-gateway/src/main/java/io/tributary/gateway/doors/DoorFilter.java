package io.tributary.gateway.doors;

import io.tributary.bearer.Admission;
import io.tributary.bearer.BearerVerifier;
import io.tributary.bearer.Caller;
import io.tributary.contracts.api.ProblemType;
import io.tributary.gateway.identity.ContextStamp;
import io.tributary.gateway.problem.Problem;
import io.tributary.gateway.problem.ProblemException;
import io.tributary.gateway.routes.Door;
import io.tributary.gateway.routes.PathRoute;
import io.tributary.gateway.routes.RouteMatch;
import io.tributary.gateway.routes.RouteTable;
import io.tributary.gateway.routes.RoutingConfig;
import io.tributary.gateway.routes.UpstreamRoutes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What a request passes before anything else sees it: the path must exist at this door, the caller
 * must be admitted, the request's context is written and its body bounded. One instance a door.
 */
final class DoorFilter implements WebFilter {
  private final Door door;
  private final RouteTable table;
  private final BearerVerifier verifier;
  private final ContextStamp stamp;
  private final BodyGuard bodies;
  private final RoutingConfig routing;
  private final InstantSource time;

  DoorFilter(
      Door door,
      RouteTable table,
      BearerVerifier verifier,
      ContextStamp stamp,
      BodyGuard bodies,
      RoutingConfig routing,
      InstantSource time) {
    this.door = door;
    this.table = table;
    this.verifier = verifier;
    this.stamp = stamp;
    this.bodies = bodies;
    this.routing = routing;
    this.time = time;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    String path = request.getURI().getRawPath();
    HttpHeaders answer = exchange.getResponse().getHeaders();
    answer.set("X-Content-Type-Options", "nosniff");
    // The page that signs in is of this origin: /auth/** is nobody else's.
    boolean isForAnyOrigin = door == Door.PUBLIC && path.startsWith("/api/");
    if (isForAnyOrigin) {
      CrossOrigin.allow(answer);
    }
    String method = request.getMethod().name();
    return switch (table.match(door, method, path)) {
      case RouteMatch.Found(PathRoute route) -> admit(exchange, chain, route);
      case RouteMatch.WrongMethod(Set<String> allowed)
          when door == Door.PUBLIC && request.getMethod().equals(HttpMethod.OPTIONS) ->
          options(exchange, allowed, isForAnyOrigin);
      case RouteMatch.WrongMethod(Set<String> allowed) -> {
        String words = String.join(", ", new TreeSet<>(allowed));
        yield refuse(
            Problem.of(
                    ProblemType.METHOD_NOT_ALLOWED,
                    "the method is " + method + " (expected: " + words + ")")
                .with("Allow", words));
      }
      case RouteMatch.Nowhere() ->
          refuse(Problem.of(ProblemType.NOT_FOUND, "nothing is at this path"));
      case RouteMatch.Ambiguous(String reason) -> refuse(Problem.of(ProblemType.MALFORMED, reason));
    };
  }

  private static Mono<Void> options(
      ServerWebExchange exchange, Set<String> allowed, boolean isForAnyOrigin) {
    HttpHeaders answer = exchange.getResponse().getHeaders();
    if (isForAnyOrigin && CrossOrigin.isPreflight(exchange.getRequest().getHeaders())) {
      CrossOrigin.allowPreflight(answer, allowed);
    }
    answer.set("Allow", String.join(", ", new TreeSet<>(allowed)));
    exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
    return exchange.getResponse().setComplete();
  }

  private Mono<Void> admit(ServerWebExchange exchange, WebFilterChain chain, PathRoute route) {
    List<String> authorization =
        exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
    return switch (route.access().admit(verifier, authorization)) {
      case Admission.Admitted(@Nullable Caller caller) -> pass(exchange, chain, route, caller);
      case Admission.Unauthenticated refused ->
          refuse(
              Problem.of(ProblemType.UNAUTHENTICATED, refused.reason())
                  .with("WWW-Authenticate", refused.challenge()));
      case Admission.Forbidden refused ->
          refuse(
              Problem.of(ProblemType.FORBIDDEN, refused.reason())
                  .with("WWW-Authenticate", refused.challenge()));
    };
  }

  private Mono<Void> pass(
      ServerWebExchange exchange, WebFilterChain chain, PathRoute route, @Nullable Caller caller) {
    Duration patience =
        route.body() == PathRoute.Body.PART ? routing.uploadTimeout() : routing.requestTimeout();
    ServerHttpRequest request = exchange.getRequest();
    ServerWebExchange stamped =
        exchange
            .mutate()
            .request(
                request
                    .mutate()
                    .headers(headers -> {
                      stamp.apply(
                          headers,
                          request.getRemoteAddress(),
                          caller,
                          route.priority(),
                          time.instant().plus(patience));
                      if (request.getMethod().equals(HttpMethod.POST)
                          && route.repeat() == PathRoute.Repeat.ALWAYS) {
                        stamp.name(headers);
                      }
                    })
                    .build())
            .build();
    UpstreamRoutes.mark(stamped, route);
    Mono<ServerWebExchange> bounded =
        switch (route.body()) {
          case JSON -> bodies.held(stamped);
          case PART -> bodies.counted(stamped);
        };
    return bounded.flatMap(chain::filter);
  }

  private static Mono<Void> refuse(Problem problem) {
    return Mono.error(new ProblemException(problem));
  }
}
