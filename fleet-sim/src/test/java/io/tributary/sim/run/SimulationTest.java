package io.tributary.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.sim.policy.CoverageZonePolicy;
import io.tributary.sim.scenario.Fault;
import io.tributary.sim.scenario.Fault.Death;
import io.tributary.sim.scenario.Fault.NodeDies;
import io.tributary.sim.scenario.Fault.NodePauses;
import io.tributary.sim.scenario.Fault.SiteLost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final Fault[] FAULTS = {
    new NodeDies(Duration.ofSeconds(20), 4, Death.LOST),
    new NodePauses(Duration.ofSeconds(40), 7, Duration.ofSeconds(3)),
    new SiteLost(Duration.ofSeconds(80), 2)
  };

  @Test
  void the_same_seed_gives_the_same_outcome() {
    Outcome one = Simulation.run(SmallFleet.scenario(7, 0.6, FAULTS), SmallFleet.OURS);
    Outcome two = Simulation.run(SmallFleet.scenario(7, 0.6, FAULTS), SmallFleet.OURS);

    assertThat(two).usingRecursiveComparison().isEqualTo(one);
  }

  @Test
  void another_seed_gives_another_outcome() {
    Outcome one = Simulation.run(SmallFleet.scenario(7, 0.6, FAULTS), SmallFleet.OURS);
    Outcome two = Simulation.run(SmallFleet.scenario(8, 0.6, FAULTS), SmallFleet.OURS);

    assertThat(two.tally().kilometres()).isNotEqualTo(one.tally().kilometres());
  }

  @Test
  void every_policy_meets_the_same_plays() {
    Outcome ours = Simulation.run(SmallFleet.scenario(7, 0.6, FAULTS), SmallFleet.OURS);
    Outcome theirs =
        Simulation.run(
            SmallFleet.scenario(7, 0.6, FAULTS),
            (world, _) -> new CoverageZonePolicy(world, CoverageZonePolicy.Settings.PUBLISHED));

    assertThat(theirs.tally().plays()).isEqualTo(ours.tally().plays()).isGreaterThan(1_000);
  }

  @Test
  void demand_makes_the_fleet_carry_the_share_that_was_asked_for() {
    Outcome outcome = Simulation.run(SmallFleet.scenario(3, 0.5), SmallFleet.OURS);

    // Of the capacity over two minutes, less what the empty fleet's first plays leave free.
    double possible = 12 * 200e6 * 120;
    assertThat(outcome.tally().bits / possible).isBetween(0.3, 0.5);
  }

  @Test
  void plays_of_a_dead_node_go_on_elsewhere() {
    Outcome outcome =
        Simulation.run(
            SmallFleet.scenario(5, 0.4, new NodeDies(Duration.ofSeconds(60), 1, Death.KILLED)),
            SmallFleet.OURS);

    assertThat(outcome.tally().rejectedShare()).isZero();
    assertThat(outcome.tally().outAfterMicros()).hasSize(1);
  }
}
