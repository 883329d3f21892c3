package io.tributary.sim.run;

import io.tributary.controlplane.health.DetectorConfig;
import io.tributary.sim.policy.PolicyMaker;
import io.tributary.sim.policy.TributaryPolicy;
import io.tributary.sim.scenario.Catalogue;
import io.tributary.sim.scenario.Catalogue.Placement;
import io.tributary.sim.scenario.Demand;
import io.tributary.sim.scenario.Demand.Level;
import io.tributary.sim.scenario.Fault;
import io.tributary.sim.scenario.Health;
import io.tributary.sim.scenario.Layout;
import io.tributary.sim.scenario.Scenario;
import io.tributary.steering.ranking.RankingPolicy;
import java.time.Duration;
import java.util.List;

/** Four sites of three nodes, two minutes: enough for every rule to be broken. */
final class SmallFleet {
  static final PolicyMaker OURS =
      (world, random) -> new TributaryPolicy(world, RankingPolicy.DEFAULTS, random);

  private SmallFleet() {}

  static Scenario scenario(long seed, double share, Fault... faults) {
    return new Scenario(
        "small",
        seed,
        Duration.ofMinutes(2),
        new Layout(4, 3, List.of(200_000_000L), 0.5, 0.1),
        new Catalogue(40, 0.8, 3, 8, Placement.SPREAD, false),
        new Demand(
            List.of(new Level(Duration.ZERO, share)),
            Duration.ofSeconds(30),
            List.of(4_000_000L),
            List.of()),
        new Health(Duration.ofSeconds(1), 0, DetectorConfig.DEFAULTS, 2),
        List.of(faults));
  }
}
