package io.tributary.client.abr;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.client.abr.AbrSituation.Quality;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ThroughputRuleTest {
  private final ThroughputRule rule = new ThroughputRule(AbrConfig.DEFAULTS);

  @Test
  void startsWithWhatTheCautiousFirstGuessCarries() {
    assertThat(rule.choose(situation(-1, -1, 0, false))).isEqualTo(1);
  }

  @Test
  void goesUpOnlyWithRoomToSpare() {
    assertThat(rule.choose(situation(1, 3_500_000, 20, true))).isEqualTo(1);
    assertThat(rule.choose(situation(1, 3_600_000, 20, true))).isEqualTo(2);
  }

  @Test
  void doesNotGoUpOnALowBuffer() {
    assertThat(rule.choose(situation(1, 100_000_000, 5, true))).isEqualTo(1);
  }

  @Test
  void staysWhereItFitsBarely() {
    assertThat(rule.choose(situation(2, 2_700_000, 20, true))).isEqualTo(2);
  }

  @Test
  void goesDownBeforeTheBufferIsEmpty() {
    assertThat(rule.choose(situation(2, 2_600_000, 20, true))).isEqualTo(1);
    // 2.5 Mbit/s for 4 s over 5 Mbit/s take 2 s, and only 1.5 s are left.
    assertThat(rule.choose(situation(2, 5_000_000, 1.5, true))).isEqualTo(1);
  }

  @Test
  void theLowestIsAlwaysAllowed() {
    assertThat(rule.choose(situation(0, 1_000, 0, true))).isZero();
  }

  @Test
  void aHardSceneCountsWithItsOwnRate() {
    List<Quality> ladder =
        List.of(
            new Quality(400_000, 400_000, 4_000_000), new Quality(900_000, 4_000_000, 4_000_000));

    int chosen =
        rule.choose(
            new AbrSituation(
                ladder,
                OptionalInt.of(1),
                OptionalLong.of(2_000_000),
                20_000_000,
                25_000_000,
                true));

    assertThat(chosen).isZero();
  }

  private static AbrSituation situation(
      int current, long estimate, double bufferSeconds, boolean playing) {
    return new AbrSituation(
        List.of(quality(400_000), quality(1_000_000), quality(2_500_000)),
        current < 0 ? OptionalInt.empty() : OptionalInt.of(current),
        estimate < 0 ? OptionalLong.empty() : OptionalLong.of(estimate),
        (long) (bufferSeconds * 1_000_000),
        25_000_000,
        playing);
  }

  private static Quality quality(long bitsPerSecond) {
    return new Quality(bitsPerSecond, bitsPerSecond, 4_000_000);
  }
}
