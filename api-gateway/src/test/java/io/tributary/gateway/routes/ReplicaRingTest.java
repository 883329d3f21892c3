package io.tributary.gateway.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaRingTest {
  private static final URI SERVICE = URI.create("http://service:1");
  private static final Replica A = new Replica(SERVICE, InetAddress.ofLiteral("192.0.2.1"));
  private static final Replica B = new Replica(SERVICE, InetAddress.ofLiteral("192.0.2.2"));
  private static final Replica C = new Replica(SERVICE, InetAddress.ofLiteral("192.0.2.3"));
  private Instant now = Instant.parse("2026-11-23T03:00:00Z");
  private List<Replica> present = List.of(A, B, C);
  private final ReplicaRing ring =
      new ReplicaRing(() -> present, RoutingConfig.DEFAULTS, () -> now);

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
  void aReplicaIsTriedByOneRequestACoolDown_untilItAnswers() {
    List.of(B, C).forEach(ring::answered);
    assertEquals(A, ring.next().getFirst());
    for (int others = 0; others < 6; others++) {
      assertEquals(A, ring.next().getLast());
    }

    now = now.plus(RoutingConfig.DEFAULTS.coolDown());
    ring.next();
    ring.next();
    assertEquals(A, ring.next().getFirst());

    ring.answered(A);
    assertEquals(B, ring.next().getFirst());
    assertEquals(C, ring.next().getFirst());
    assertEquals(A, ring.next().getFirst());
  }

  @Test
  void whenAllHaveFailedAllAreStillAsked() {
    List.of(A, B, C).forEach(ring::failed);
    assertEquals(3, ring.next().size());
  }

  @Test
  void withoutReplicasThereIsNobodyToAsk() {
    present = List.of();
    assertEquals(List.of(), ring.next());
  }

  @Test
  void aReplicaThatLeftIsNotAsked_andOneThatCameIsInItsTurn() {
    assertEquals(List.of(A, B, C), ring.next());
    present = List.of(B, C);
    assertEquals(List.of(C, B), ring.next());
    present = List.of(A, B, C);
    assertEquals(List.of(C, A, B), ring.next());
  }

  /** A new process at an old address is a new replica. */
  @Test
  void aFailureIsForgottenWithItsReplica() {
    present = List.of(B, C);
    ring.failed(A);
    ring.failed(B);
    present = List.of(A, B, C);
    assertEquals(List.of(A, C, B), ring.next());
  }
}
