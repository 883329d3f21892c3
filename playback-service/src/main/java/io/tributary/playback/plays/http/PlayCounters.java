package io.tributary.playback.plays.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.playback.plays.GrantedPlay;
import io.tributary.playback.plays.PlayOutcome;

/** How plays that were asked for end, as Prometheus sees it: started and renewed ones alike. */
public final class PlayCounters {
  private final Counter granted;
  private final Counter grantedStale;
  private final Counter notPlaced;
  private final Counter exhausted;
  private final Counter notKnownNow;
  private final Counter refused;

  public PlayCounters(MeterRegistry registry) {
    this.granted = counter(registry, "granted");
    this.grantedStale = counter(registry, "granted-stale");
    this.notPlaced = counter(registry, "not-placed");
    this.exhausted = counter(registry, "exhausted");
    this.notKnownNow = counter(registry, "not-known-now");
    this.refused = counter(registry, "refused");
  }

  void ended(PlayOutcome outcome) {
    counterOf(outcome).increment();
  }

  private Counter counterOf(PlayOutcome outcome) {
    return switch (outcome) {
      case PlayOutcome.Granted(GrantedPlay play) -> play.isStale() ? grantedStale : granted;
      case PlayOutcome.NotPlaced _ -> notPlaced;
      case PlayOutcome.Exhausted _ -> exhausted;
      case PlayOutcome.NotKnownNow _ -> notKnownNow;
      // The caller's own affair.
      case PlayOutcome.NeedsAccount _,
          PlayOutcome.UnknownAccount _,
          PlayOutcome.NotEntitled _,
          PlayOutcome.NoSuchTitle _,
          PlayOutcome.NoSuchPlay _,
          PlayOutcome.KeyOfAnother _,
          PlayOutcome.Ended _ ->
          refused;
    };
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("tributary.playback.plays").tag("outcome", outcome).register(registry);
  }
}
