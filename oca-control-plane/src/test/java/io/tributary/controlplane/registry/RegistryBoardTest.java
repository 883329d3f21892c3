package io.tributary.controlplane.registry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RegistryBoardTest {
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final RegistryBoard board = new RegistryBoard(registry);

  @Test
  void untilItWasReadANodeDrainsAsItSaysItself() {
    assertTrue(board.isDrainWanted("n", true));
    assertFalse(board.isDrainWanted("n", false));
  }

  @Test
  void onceReadANodeDrainsAsOperatorsSay() {
    registry.enrol("n", "site", Instant.EPOCH);
    board.refresh();
    assertFalse(board.isDrainWanted("n", true));
    assertFalse(board.isDrainWanted("unknown", true));

    registry.drain("n", true);
    board.refresh();
    assertTrue(board.isDrainWanted("n", false));
  }
}
