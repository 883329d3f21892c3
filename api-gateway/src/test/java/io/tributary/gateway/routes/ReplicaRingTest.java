package io.tributary.gateway.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaRingTest {
  private static final URI A = URI.create("http://a:1");
  private static final URI B = URI.create("http://b:1");
  private static final URI C = URI.create("http://c:1");
  private Instant now = Instant.parse("2026-11-23T03:00:00Z");
  private final ReplicaRing ring =
      new ReplicaRing(List.of(A, B, C), RoutingConfig.DEFAULTS, () -> now);

  @Test
  void everyRequestStartsWithTheNextReplica() {
    assertEquals(List.of(A, B, C), ring.next());
    assertEquals(List.of(B, C, A), ring.next());
    assertEquals(List.of(C, A, B), ring.next());
    assertEquals(List.of(A, B, C), ring.next());
  }

  @Test
  void aFailedReplicaIsAskedLast_untilItsCoolDownEnds() {
    ring.failed(A);
    assertEquals(List.of(B, C, A), ring.next());

    now = now.plus(RoutingConfig.DEFAULTS.coolDown());
    ring.next();
    ring.next();
    assertEquals(List.of(A, B, C), ring.next());
  }

  @Test
  void eachFurtherFailureDoublesTheCoolDown_upToItsLimit() {
    for (int failures = 0; failures < 40; failures++) {
      ring.failed(A);
    }
    now = now.plus(RoutingConfig.DEFAULTS.maxCoolDown()).minusMillis(1);
    assertEquals(A, ring.next().getLast());
    now = now.plus(Duration.ofMillis(1));
    ring.next();
    ring.next();
    assertEquals(A, ring.next().getFirst());
  }

  @Test
  void anAnswerEndsTheCoolDown() {
    ring.failed(A);
    ring.answered(A);
    assertEquals(List.of(A, B, C), ring.next());
  }

  @Test
  void whenAllHaveFailedAllAreStillAsked() {
    List.of(A, B, C).forEach(ring::failed);
    assertEquals(3, ring.next().size());
  }

  @Test
  void withoutReplicasThereIsNobodyToAsk() {
    assertEquals(List.of(), new ReplicaRing(List.of(), RoutingConfig.DEFAULTS, () -> now).next());
  }
}
