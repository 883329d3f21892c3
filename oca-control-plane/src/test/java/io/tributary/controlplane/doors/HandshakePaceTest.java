package io.tributary.controlplane.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HandshakePaceTest {
  private final HandshakePace pace = new HandshakePace(2);

  @Test
  void soManyAreGivenAPlace_andTheNextOnceOneIsLeft() throws InterruptedException {
    assertTrue(pace.enter());
    assertTrue(pace.enter());
    assertEquals(2, pace.taken());

    pace.leave();

    assertTrue(pace.enter());
  }

  /** Strangers who never end their handshakes must not close the door. */
  @Test
  void withoutAPlaceNobodyWaitsForLong_andTakesNone() throws InterruptedException {
    assertTrue(pace.enter());
    assertTrue(pace.enter());

    long began = System.nanoTime();
    assertFalse(pace.enter());

    long waitedMillis = (System.nanoTime() - began) / 1_000_000;
    assertTrue(waitedMillis >= HandshakePace.MOST_MILLIS, () -> "waited " + waitedMillis + " ms");
    pace.leave();
    assertEquals(1, pace.taken());
  }

  @Test
  void aPlaceThatIsLeftGoesToWhoeverWaits() throws Exception {
    HandshakePace one = new HandshakePace(1);
    assertTrue(one.enter());
    CompletableFuture<Boolean> next =
        CompletableFuture.supplyAsync(() -> isLetIn(one), Thread::startVirtualThread);

    one.leave();

    assertTrue(next.get());
    assertEquals(1, one.taken());
  }

  /** Tries as a listener does: again, until it has a place; bounded, for a test must end. */
  private static boolean isLetIn(HandshakePace pace) {
    try {
      for (int i = 0; i < 500; i++) {
        if (pace.enter()) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
