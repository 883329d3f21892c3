package io.tributary.gateway.routes;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.removeAlreadyRouted;

import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.context.AnswerMarks;
import io.tributary.gateway.problem.Problem;
import io.tributary.gateway.problem.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Asks a service's replicas one after the other until one has answered, within the request's time.
 * What may be done twice is asked again until the client has seen the first byte; what may not,
 * only if it was not reached.
 *
 * <p>With its store away, a replica knows only what it has seen itself. One that says so has done
 * nothing, so the next one is asked; the last one's answer is the client's.
 */
final class ReplicaFilter implements GatewayFilter, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaFilter.class);

  private final Upstream upstream;
  private final ReplicaRing ring;
  private final RoutingConfig config;
  private final UpstreamCounters counters;
  private final InstantSource time;

  ReplicaFilter(
      Upstream upstream,
      ReplicaRing ring,
      RoutingConfig config,
      UpstreamCounters counters,
      InstantSource time) {
    this.upstream = upstream;
    this.ring = ring;
    this.config = config;
    this.counters = counters;
    this.time = time;
  }

  /** After the route's own URL is set, so that the replica's replaces it; before it is asked. */
  @Override
  public int getOrder() {
    return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return Mono.defer(
            () -> {
              counters.began();
              return begin(exchange, chain);
            })
        .doFinally(_ -> counters.ended());
  }

  private Mono<Void> begin(ServerWebExchange exchange, GatewayFilterChain chain) {
    PathRoute route = UpstreamRoutes.routeOf(exchange);
    Duration patience =
        route.body() == PathRoute.Body.PART ? config.uploadTimeout() : config.requestTimeout();
    List<Replica> order = ring.next();
    if (order.isEmpty()) {
      return Mono.error(gone(UpstreamFailure.NOT_REACHED, 0));
    }
    return attempt(new Call(exchange, chain, route, order, time.instant().plus(patience)), 0);
  }

  private Mono<Void> attempt(Call call, int number) {
    Replica replica = call.order.get(number % call.order.size());
    Duration left = Duration.between(time.instant(), call.deadline);
    boolean othersLeft = number + 1 < Math.min(config.maxAttempts(), call.order.size());
    Duration patience =
        othersLeft && call.mayRepeat() && config.attemptTimeout().compareTo(left) < 0
            ? config.attemptTimeout()
            : left;
    if (patience.isNegative() || patience.isZero()) {
      return Mono.error(gone(UpstreamFailure.LATE, number));
    }
    call.exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, call.at(replica));
    ReplicaConnections.mark(call.exchange, replica);
    return call.chain
        .filter(call.exchange)
        .timeout(patience)
        .then(Mono.defer(() -> afterHead(call, number, replica, patience)))
        .onErrorResume(error -> afterFailure(call, number, replica, error));
  }

  private Mono<Void> afterHead(Call call, int number, Replica replica, Duration patience) {
    if (number + 1 >= call.order.size() || !call.mayAskAnother()) {
      Mono<Void> body = call.mayRepeat() ? HeldAnswer.pass(call.exchange, patience) : Mono.empty();
      return body.doOnSuccess(_ -> {
        ring.answered(replica);
        counters.gotAnswer();
      });
    }
    ring.answered(replica);
    LOG.info(
        "upstream={} replica={} address={} answer=not-known-here",
        upstream.key(),
        replica.baseUrl(),
        replica.address().getHostAddress());
    return again(call, number);
  }

  private Mono<Void> again(Call call, int number) {
    call.forgetAttempt();
    return attempt(call, number + 1);
  }

  private Mono<Void> afterFailure(Call call, int number, Replica replica, Throwable error) {
    Optional<UpstreamFailure> known = UpstreamFailure.of(error);
    if (known.isEmpty()) {
      return Mono.error(error);
    }
    UpstreamFailure failure = known.get();
    ring.failed(replica);
    counters.attemptFailed();
    // The same one again too: it may just have closed an idle connection while the other restarts.
    boolean isAskedAgain =
        number + 1 < config.maxAttempts()
            && (failure == UpstreamFailure.NOT_REACHED || call.mayRepeat())
            && !(failure == UpstreamFailure.LATE && number + 1 >= call.order.size())
            && !call.exchange.getResponse().isCommitted();
    LOG.warn(
        "upstream={} replica={} address={} failure={} attempt={} again={} cause={}",
        upstream.key(),
        replica.baseUrl(),
        replica.address().getHostAddress(),
        failure,
        number + 1,
        isAskedAgain,
        String.valueOf(error.getMessage()));
    if (!isAskedAgain) {
      return Mono.error(gone(failure, number + 1));
    }
    return again(call, number);
  }

  private ProblemException gone(UpstreamFailure failure, int attempts) {
    counters.gotNone();
    return new ProblemException(
        failure == UpstreamFailure.LATE
            ? Problem.of(
                ProblemType.TIMEOUT,
                upstream.key() + " did not answer in time (attempts: " + attempts + ")")
            : Problem.of(
                    ProblemType.UNAVAILABLE,
                    "no replica of " + upstream.key() + " answers (attempts: " + attempts + ")")
                .with("Retry-After", "1"));
  }

  /** One request on its way, with the replicas in the order to ask them. */
  private record Call(
      ServerWebExchange exchange,
      GatewayFilterChain chain,
      PathRoute route,
      List<Replica> order,
      Instant deadline) {

    URI at(Replica replica) {
      URI asked = exchange.getRequest().getURI();
      String query = asked.getRawQuery();
      return URI.create(
          replica.baseUrl() + asked.getRawPath() + (query == null ? "" : "?" + query));
    }

    /** Whether another replica may be asked although this one may have done the work. */
    boolean mayRepeat() {
      return route.body() != PathRoute.Body.PART
          && route.repeat().allows(exchange.getRequest().getMethod().name());
    }

    /** Whether the answer, of which the client has seen nothing, is that another may know more. */
    boolean mayAskAnother() {
      return route.body() != PathRoute.Body.PART
          && !exchange.getResponse().isCommitted()
          && exchange.getAttribute(CLIENT_RESPONSE_ATTR) instanceof HttpClientResponse answer
          && answer.responseHeaders().contains(AnswerMarks.NOT_KNOWN_HERE);
    }

    void forgetAttempt() {
      removeAlreadyRouted(exchange);
      if (exchange.getAttributes().remove(CLIENT_RESPONSE_HEADER_NAMES)
          instanceof Set<?> received) {
        received.forEach(name -> exchange.getResponse().getHeaders().remove((String) name));
      }
      exchange.getAttributes().remove(CLIENT_RESPONSE_ATTR);
      if (exchange.getAttributes().remove(CLIENT_RESPONSE_CONN_ATTR) instanceof Connection begun) {
        begun.dispose();
      }
    }
  }
}
