package io.tributary.sim.report;

import io.tributary.sim.policy.CoverageZonePolicy;
import io.tributary.sim.policy.MistScorePolicy;
import io.tributary.sim.policy.PolicyMaker;
import io.tributary.sim.policy.TributaryPolicy;
import io.tributary.steering.ranking.RankingPolicy;
import java.util.List;

/**
 * A policy with its figures.
 *
 * @param name for people
 * @param isOurs whether it is no rival
 * @param figures for people
 */
public record Contender(String name, boolean isOurs, String figures, PolicyMaker maker) {
  /** What the search found, see {@code ./tributary sim tune --seed 1000}. */
  private static final RankingPolicy TUNED =
      new RankingPolicy(
          1.365,
          0.896,
          0.458,
          0.00375,
          13,
          0.0571,
          RankingPolicy.DEFAULTS.mostPenalty(),
          RankingPolicy.DEFAULTS.assumedCapacityBitsPerSecond());

  /** Who is compared: each as it is shipped or published, and as the search tuned it. */
  public static final List<Contender> ALL =
      List.of(
          tributary("Tributary", RankingPolicy.DEFAULTS),
          tributary("Tributary, tuned", TUNED),
          mist("MistServer's score", MistScorePolicy.Weights.PUBLISHED),
          mist("MistServer's score, tuned", MistScorePolicy.Weights.TUNED),
          zones("zone + hash", CoverageZonePolicy.Settings.PUBLISHED),
          zones("zone + hash, tuned", CoverageZonePolicy.Settings.TUNED));

  static Contender tributary(String name, RankingPolicy figures) {
    return new Contender(
        name,
        true,
        figures.toString(),
        (world, random) -> new TributaryPolicy(world, figures, random));
  }

  static Contender mist(String name, MistScorePolicy.Weights weights) {
    return new Contender(
        name, false, weights.toString(), (world, _) -> new MistScorePolicy(world, weights));
  }

  static Contender zones(String name, CoverageZonePolicy.Settings settings) {
    return new Contender(
        name, false, settings.toString(), (world, _) -> new CoverageZonePolicy(world, settings));
  }
}
