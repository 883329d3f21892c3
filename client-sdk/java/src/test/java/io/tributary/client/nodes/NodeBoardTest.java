package io.tributary.client.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeBoardTest {
  private static final long PENALTY = 60;

  private final PlayNode a = node("a");
  private final PlayNode b = node("b");
  private final PlayNode c = node("c");
  private final NodeBoard board = new NodeBoard(List.of(a, b, c), PENALTY);

  @Test
  void asksTheBestRankedThatHasDoneNothingWrong() {
    assertThat(board.choose()).isEqualTo(new NodeChoice.Trusted(a));

    assertThat(board.penalize(a, NodeFault.STALLED, 0)).isTrue();
    assertThat(board.penalize(a, NodeFault.STALLED, 1)).isFalse();

    assertThat(board.choose()).isEqualTo(new NodeChoice.Trusted(b));
  }

  @Test
  void whenAllHaveFailedTheCorruptOnesComeLast() {
    board.penalize(a, NodeFault.CORRUPT, 0);
    board.penalize(b, NodeFault.STALLED, 0);
    board.penalize(c, NodeFault.REFUSED, 0);

    assertThat(board.choose()).isEqualTo(new NodeChoice.LastChance(List.of(b, c, a)));
    assertThat(board.hasTrustedBeside(a)).isFalse();
  }

  @Test
  void aFreshRankingDoesNotLiftAFreshPenalty() {
    board.penalize(a, NodeFault.UNREACHABLE, 0);

    board.rerank(List.of(a, b), PENALTY - 1);
    assertThat(board.choose()).isEqualTo(new NodeChoice.Trusted(b));

    board.rerank(List.of(a, b), PENALTY);
    assertThat(board.choose()).isEqualTo(new NodeChoice.Trusted(a));
  }

  @Test
  void wrongBytesAreNeverForgiven() {
    board.penalize(a, NodeFault.CORRUPT, 0);
    board.penalize(a, NodeFault.STALLED, 1);

    board.rerank(List.of(a, b), 1_000 * PENALTY);

    assertThat(board.choose()).isEqualTo(new NodeChoice.Trusted(b));
  }

  @Test
  void aNodeThatDeliversInItsLastChanceIsTrustedAgain() {
    for (PlayNode node : List.of(a, b, c)) {
      board.penalize(node, NodeFault.STALLED, 0);
    }

    board.pardon(b);

    assertThat(board.choose()).isEqualTo(new NodeChoice.Trusted(b));
  }

  private static PlayNode node(String id) {
    return new PlayNode(id, "p-" + id, URI.create("http://" + id + "/"));
  }
}
