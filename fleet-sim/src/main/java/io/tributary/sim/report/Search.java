package io.tributary.sim.report;

import io.tributary.sim.policy.CoverageZonePolicy;
import io.tributary.sim.policy.MistScorePolicy;
import io.tributary.sim.run.Simulation;
import io.tributary.sim.run.Tally;
import io.tributary.sim.scenario.Chance;
import io.tributary.sim.scenario.Scenarios;
import io.tributary.steering.ranking.RankingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Tunes every policy by the same random search: the published figures and as many random ones of
 * each are run over the same scenarios under the same seeds, which no comparison uses, and the one
 * of the least cost wins.
 */
final class Search {
  /** Of random figures a policy. */
  static final int TRIES = 40;

  /** Some of each sort of scenario, the rivals' favourites among them. */
  static final List<String> SCENARIOS =
      List.of("evening", "flash-crowd", "mixed-nodes", "faults", "one-title", "hash-placed");

  private final long seed;

  Search(long seed) {
    this.seed = seed;
  }

  /**
   * The best that was found.
   *
   * @param cost its own
   * @param startCost of the published figures
   */
  record Found(Contender contender, double cost, double startCost) {}

  /** One of each policy. */
  List<Found> all() {
    return List.of(
        best(
            figures -> Contender.tributary("Tributary", figures),
            RankingPolicy.DEFAULTS,
            Search::anyRanking),
        best(
            weights -> Contender.mist("MistServer's score", weights),
            MistScorePolicy.Weights.PUBLISHED,
            MistScorePolicy.Weights::any),
        best(
            settings -> Contender.zones("zone + hash", settings),
            CoverageZonePolicy.Settings.PUBLISHED,
            CoverageZonePolicy.Settings::any));
  }

  private <F> Found best(
      Function<F, Contender> contender, F published, Function<SplittableRandom, F> any) {
    SplittableRandom random = Chance.of(seed, "search");
    List<Contender> tried = new ArrayList<>();
    tried.add(contender.apply(published));
    for (int i = 0; i < TRIES; i++) {
      tried.add(contender.apply(any.apply(random)));
    }
    List<Double> costs = tried.parallelStream().map(this::cost).toList();
    int best = 0;
    for (int i = 1; i < tried.size(); i++) {
      best = costs.get(i) < costs.get(best) ? i : best;
    }
    return new Found(tried.get(best), costs.get(best), costs.getFirst());
  }

  private double cost(Contender contender) {
    return SCENARIOS.stream()
        .mapToDouble(
            name -> cost(Simulation.run(Scenarios.of(name, seed), contender.maker()).tally()))
        .average()
        .orElseThrow();
  }

  /** All that should be little, with equal weights: shares of plays, of bytes, of capacity. */
  static double cost(Tally tally) {
    return tally.unhealthyShare()
        + tally.nonHoldingShare()
        + tally.rejectedShare()
        + tally.starvedShare()
        + tally.afarShare()
        + tally.mostLoadShare();
  }

  private static RankingPolicy anyRanking(SplittableRandom random) {
    return new RankingPolicy(
        1.02 + 1.5 * random.nextDouble(),
        0.7 + 0.3 * random.nextDouble(),
        0.1 + 0.6 * random.nextDouble(),
        0.002 + 0.02 * random.nextDouble(),
        random.nextInt(16),
        0.01 + 0.2 * random.nextDouble(),
        RankingPolicy.DEFAULTS.mostPenalty(),
        RankingPolicy.DEFAULTS.assumedCapacityBitsPerSecond());
  }
}
