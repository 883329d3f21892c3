package io.tributary.steering.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeLoadTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.900Z");

  private static final LoadBoard.Load FIGURE = new LoadBoard.Load(100, 10);

  private NodeLoad node = NodeLoad.UNKNOWN;

  @Test
  void whatWasPromisedCountsUntilTheSecondFigureAfterIt() {
    node = node.reserved(5, NOW);
    node = node.told(FIGURE);
    node = node.reserved(7, NOW.plusSeconds(1));

    assertThat(reserved(NOW.plusSeconds(1))).isEqualTo(12);
    node = node.told(FIGURE);
    assertThat(reserved(NOW.plusSeconds(2))).isEqualTo(7);
    node = node.told(FIGURE);
    assertThat(node.standing(NOW.plusSeconds(3))).isEqualTo(new LoadBoard.Standing(100, 10, 0));
  }

  /** Nodes may be told to report every ten seconds. */
  @Test
  void whatWasPromisedIsNotForgottenBetweenRareFigures() {
    node = node.reserved(5, NOW);

    assertThat(reserved(NOW.plusSeconds(10))).isEqualTo(5);
    node = node.told(FIGURE);
    assertThat(reserved(NOW.plusSeconds(20))).isEqualTo(5);
  }

  @Test
  void figuresThatDoNotComeAreNotWaitedForForever() {
    node = node.reserved(5, NOW);
    node = node.reserved(7, NOW.plus(NodeLoad.LONGEST_WAIT).plusSeconds(1));

    Instant twice = NOW.plus(NodeLoad.LONGEST_WAIT.multipliedBy(2));
    assertThat(reserved(twice)).isEqualTo(12);
    assertThat(reserved(twice.plusSeconds(1))).isEqualTo(7);
    assertThat(reserved(twice.plus(NodeLoad.LONGEST_WAIT).plusSeconds(2))).isZero();
  }

  @Test
  void aClockThatJumpsBackForgetsThem() {
    node = node.reserved(5, NOW);

    assertThat(reserved(NOW.minus(Duration.ofHours(1)))).isZero();
    node = node.reserved(3, NOW.minus(Duration.ofHours(1)));
    assertThat(reserved(NOW.minus(Duration.ofHours(1)))).isEqualTo(3);
  }

  private long reserved(Instant at) {
    return node.standing(at).reservedBitsPerSecond();
  }
}
