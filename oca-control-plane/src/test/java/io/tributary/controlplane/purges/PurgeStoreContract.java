package io.tributary.controlplane.purges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link PurgeStore} does. */
abstract class PurgeStoreContract {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  /** An empty one. */
  abstract PurgeStore store();

  @Test
  void aListReplacesOnlyTheOneItWasMadeFrom() {
    PurgeStore store = store();
    assertEquals(PurgeList.NONE, store.read());
    PurgeList one = PurgeList.NONE.with("a", "ada", THEN);
    PurgeList two = one.with("b", "bob", THEN);

    assertTrue(store.replace(PurgeList.NONE, one));
    assertEquals(one, store.read());
    assertFalse(store.replace(PurgeList.NONE, PurgeList.NONE.with("c", "cy", THEN.plusMillis(9))));
    assertTrue(store.replace(one, two));
    assertEquals(two, store.read());
    assertTrue(store.replace(two, two.without("a", THEN)));
    assertEquals(1, store.read().titles().size());
  }

  @Test
  void versionsGrowWhateverTheClockDoes() {
    PurgeBoard board = new PurgeBoard(store());
    board.purge("a", "ada", THEN);
    long first = board.list().version();
    board.purge("a", "ada", THEN);
    assertEquals(first, board.list().version(), "it was purged already");
    board.lift("a", THEN.minusSeconds(60));

    assertEquals(first + 1, board.list().version());
    assertFalse(board.isPurged("a"));
  }
}
