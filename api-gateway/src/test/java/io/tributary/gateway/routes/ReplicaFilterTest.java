package io.tributary.gateway.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tributary.gateway.problem.ProblemException;
import io.tributary.gateway.routes.RouteMatch.Found;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What becomes of requests is counted, whichever way they end. */
class ReplicaFilterTest {
  private static final URI SERVICE = URI.create("http://service:1");
  private static final InstantSource TIME = InstantSource.fixed(Instant.EPOCH);

  private final UpstreamCounters counters = new UpstreamCounters();
  private final Deque<Mono<Void>> answers = new ArrayDeque<>();
  private List<Replica> replicas =
      List.of(
          new Replica(SERVICE, InetAddress.ofLiteral("192.0.2.1")),
          new Replica(SERVICE, InetAddress.ofLiteral("192.0.2.2")));

  @Test
  void anAnswerOfTheSecondReplicaIsAnAnswer() {
    answers.add(Mono.error(new ConnectException("refused")));
    answers.add(Mono.empty());

    asked().block();

    assertCounted(1, 0, 1);
  }

  @Test
  void aRequestThatNobodyAnsweredIsCountedOnce() {
    for (int i = 0; i < RoutingConfig.DEFAULTS.maxAttempts(); i++) {
      answers.add(Mono.error(new ConnectException("refused")));
    }

    assertThrows(ProblemException.class, () -> asked().block());

    assertCounted(0, 1, 3);
  }

  @Test
  void withoutAReplicaARequestIsUnanswered() {
    replicas = List.of();

    assertThrows(ProblemException.class, () -> asked().block());

    assertCounted(0, 1, 0);
  }

  @Test
  void aRequestIsInFlightUntilItsClientGivesUp() {
    answers.add(Mono.never());

    Disposable request = asked().subscribe();
    assertEquals(1, counters.inFlight());

    request.dispose();
    assertCounted(0, 0, 0);
  }

  private Mono<Void> asked() {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(MockServerHttpRequest.get("http://gateway/api/v1/titles"));
    if (new RouteTable(false, Set.of()).match(Door.PUBLIC, "GET", "/api/v1/titles")
        instanceof Found(PathRoute route)) {
      UpstreamRoutes.mark(exchange, route);
    }
    ReplicaRing ring = new ReplicaRing(() -> replicas, RoutingConfig.DEFAULTS, TIME);
    return new ReplicaFilter(Upstream.PLAYBACK, ring, RoutingConfig.DEFAULTS, counters, TIME)
        .filter(exchange, _ -> answers.removeFirst());
  }

  private void assertCounted(long answered, long unanswered, long failedAttempts) {
    assertEquals(answered, counters.answered());
    assertEquals(unanswered, counters.unanswered());
    assertEquals(failedAttempts, counters.failedAttempts());
    assertEquals(0, counters.inFlight());
  }
}
