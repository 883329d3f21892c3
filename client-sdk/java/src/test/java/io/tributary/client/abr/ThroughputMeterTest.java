package io.tributary.client.abr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ThroughputMeterTest {
  private static final long SECOND = 1_000_000_000L;

  private final ThroughputMeter meter = new ThroughputMeter(AbrConfig.DEFAULTS);

  @Test
  void saysNothingBeforeAnythingIsMeasured() {
    transfer(0, SECOND, 1_000);

    assertThat(meter.bitsPerSecond()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void transfersThatOverlapShareTheirTime() {
    meter.started(0);
    meter.started(SECOND);
    meter.received(500_000);
    meter.ended(2 * SECOND);
    meter.received(500_000);
    meter.ended(4 * SECOND);
    transfer(100 * SECOND, 104 * SECOND, 1_000_000);

    // Two megabytes in eight busy seconds; the idle ones between do not count.
    assertThat(meter.bitsPerSecond().getAsLong()).isBetween(1_990_000L, 2_010_000L);
  }

  @Test
  void followsAFallFasterThanARise() {
    transfer(0, 20 * SECOND, 20_000_000);
    transfer(20 * SECOND, 23 * SECOND, 300_000);
    long afterFall = meter.bitsPerSecond().getAsLong();
    transfer(23 * SECOND, 26 * SECOND, 3_000_000);

    assertThat(afterFall).isLessThan(4_600_000);
    assertThat(meter.bitsPerSecond().getAsLong()).isLessThan(6_500_000);
  }

  private void transfer(long from, long to, long bytes) {
    meter.started(from);
    meter.received(bytes);
    meter.ended(to);
  }
}
