package io.tributary.steering.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoadBoardTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final LoadBoard.Load FIGURE = new LoadBoard.Load(100, 10);

  private final LoadBoard board = new LoadBoard();

  @Test
  void aNodesFiguresTakeItsReservationsBackAndNobodyElses() {
    board.reserve("n1", 5, NOW);
    board.reserve("n2", 7, NOW);

    board.put("n1", FIGURE);
    assertThat(board.standing("n1", NOW).reservedBitsPerSecond()).isEqualTo(5);
    board.put("n1", FIGURE);

    assertThat(board.standing("n1", NOW).reservedBitsPerSecond()).isZero();
    assertThat(board.standing("n2", NOW).reservedBitsPerSecond()).isEqualTo(7);
  }
}
