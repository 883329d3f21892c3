package io.tributary.sim.scenario;

import io.tributary.controlplane.health.DetectorConfig;
import java.time.Duration;

/**
 * How nodes are watched.
 *
 * @param heartbeatInterval how often they report
 * @param heartbeatLoss the share of heartbeats that nobody gets
 * @param detector what silence means
 * @param steeringReplicas that plays are asked of in turns; each knows only its own reservations
 */
public record Health(
    Duration heartbeatInterval,
    double heartbeatLoss,
    DetectorConfig detector,
    int steeringReplicas) {

  /** As a fleet starts with. */
  static final Health USUAL = new Health(Duration.ofSeconds(1), 0.001, DetectorConfig.DEFAULTS, 2);

  /** With this interval. */
  Health every(Duration interval) {
    return new Health(interval, heartbeatLoss, detector, steeringReplicas);
  }

  /** With this loss. */
  Health losing(double share) {
    return new Health(heartbeatInterval, share, detector, steeringReplicas);
  }

  /**
   * With a detector that asks for no probes, and to which silence counts after so many intervals.
   */
  public Health judgedBySilenceAlone(double intervals) {
    DetectorConfig silenceAlone =
        new DetectorConfig(
            intervals,
            intervals,
            detector.hangPatience(),
            detector.unheardIntervals(),
            detector.recoveryHeartbeats(),
            detector.grace(),
            detector.expiryWindow(),
            detector.refreshEvery(),
            detector.probeEvery(),
            detector.configPatience());
    return new Health(heartbeatInterval, heartbeatLoss, silenceAlone, steeringReplicas);
  }
}
