package io.tributary.client.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private static final LoadingConfig CONFIG = LoadingConfig.DEFAULTS;

  @Test
  void aLowBufferLeavesSoonAndAFullOneBearsASlowAnswer() {
    assertThat(Deadlines.urgent(CONFIG, 0)).isEqualTo(new Deadlines(700, 700));
    assertThat(Deadlines.urgent(CONFIG, 4_000_000)).isEqualTo(new Deadlines(1_000, 1_320));
    assertThat(Deadlines.urgent(CONFIG, 25_000_000)).isEqualTo(new Deadlines(1_000, 2_000));
    assertThat(Deadlines.urgent(CONFIG, Long.MAX_VALUE)).isEqualTo(new Deadlines(1_000, 2_000));
  }

  @Test
  void aHangIsLeftWithinThreeSecondsWhateverTheBuffer() {
    Deadlines longest = Deadlines.urgent(CONFIG, Long.MAX_VALUE);

    assertThat(longest.connectMillis() + longest.silenceMillis()).isLessThanOrEqualTo(3_000);
  }

  @Test
  void twoHangsInARowFitABufferOfFourSeconds() {
    long left = afterHang(afterHang(4_000_000));

    assertThat(left).as("micros for fetching").isGreaterThan(1_000_000);
  }

  /** A node that hangs takes the connection at once and then is silent. */
  private static long afterHang(long bufferMicros) {
    return bufferMicros - Deadlines.urgent(CONFIG, bufferMicros).silenceMillis() * 1_000L;
  }

  @Test
  void aNodeBelowTheFloorIsTooSlow() {
    assertThat(slow(20_000, 25_000_000, OptionalLong.empty())).isTrue();
    assertThat(slow(60_000, 25_000_000, OptionalLong.empty())).isFalse();
  }

  @Test
  void aNodeThatIsLateIsLeftOnlyWhenThePathCarriesMore() {
    assertThat(slow(60_000, 1_000_000, OptionalLong.of(5_000_000))).isTrue();
    assertThat(slow(60_000, 1_000_000, OptionalLong.of(600_000))).isFalse();
    assertThat(slow(60_000, 60_000_000, OptionalLong.of(5_000_000))).isFalse();
  }

  private static boolean slow(long bytesInASecond, long bufferMicros, OptionalLong path) {
    return SlowNodeRule.isTooSlow(
        bytesInASecond, 1_000_000_000, 1_000_000, bufferMicros, path, 200_000);
  }
}
