package io.tributary.client.abr;

import io.tributary.client.abr.AbrSituation.Quality;

/**
 * The highest rendition whose need fits a share of the measured throughput: {@code need <= upShare
 * * estimate} above the present one, {@code need <= downShare * estimate} at or below it. While
 * playing it must also arrive before the buffer is empty: {@code need * duration <= estimate *
 * buffer}. The lowest rendition is always allowed.
 *
 * <p>Pure; safe for use by many threads.
 */
public final class ThroughputRule implements BitrateRule {
  private final AbrConfig config;

  public ThroughputRule(AbrConfig config) {
    this.config = config;
  }

  @Override
  public int choose(AbrSituation situation) {
    for (int index = situation.ladder().size() - 1; index > 0; index--) {
      if (fits(situation, index)) {
        return index;
      }
    }
    return 0;
  }

  private boolean fits(AbrSituation situation, int index) {
    Quality quality = situation.ladder().get(index);
    long estimate = situation.estimateBitsPerSecond().orElse(config.startBitsPerSecond());
    boolean isUp = index > situation.current().orElse(-1);
    if (isUp && situation.current().isPresent() && !hasBufferForUp(situation)) {
      return false;
    }
    double share = isUp ? config.upShare() : config.downShare();
    if (quality.neededBitsPerSecond() > share * estimate) {
      return false;
    }
    double fetchMicros =
        (double) quality.nextBitsPerSecond() * quality.nextDurationMicros() / estimate;
    return !situation.playing() || fetchMicros <= situation.bufferMicros();
  }

  private boolean hasBufferForUp(AbrSituation situation) {
    return situation.bufferMicros()
        >= Math.min(config.minBufferForUpMicros(), situation.maxBufferMicros() / 2);
  }
}
