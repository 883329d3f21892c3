package io.tributary.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.sim.policy.PolicyMaker;
import io.tributary.sim.policy.SteeringPolicy;
import io.tributary.sim.scenario.Fault;
import io.tributary.sim.scenario.Fault.Death;
import io.tributary.sim.scenario.Fault.FeedStops;
import io.tributary.sim.scenario.Fault.HeartbeatsLost;
import io.tributary.sim.scenario.Fault.NodeDies;
import io.tributary.sim.scenario.Fault.NodePauses;
import io.tributary.sim.scenario.Fault.SiteLost;
import io.tributary.sim.scenario.Scenario;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each invariant against a policy, or a detector, that breaks it. */
class BrokenPoliciesTest {
  private static final Fault DEATH = new NodeDies(Duration.ofSeconds(30), 1, Death.KILLED);
  private static final Fault LOSS_OF_A_SITE = new SiteLost(Duration.ofSeconds(60), 0);

  @Nested
  class NoPlayToADeadNode {
    @Test
    void is_broken_by_one_that_takes_no_notice_of_verdicts() {
      Outcome outcome =
          Simulation.run(
              SmallFleet.scenario(1, 0.3, DEATH),
              (world, _) ->
                  new Broken(world, (question, broken) -> broken.healthyHolders(question)) {
                    @Override
                    public void told(Node node, NodeVerdict verdict, Instant at) {}
                  });

      assertThat(outcome.violations(Violation.DeadNodeNamed.class))
          .isNotEmpty()
          .allSatisfy(violation -> {
            assertThat(violation.nodeId()).isEqualTo("node-1");
            assertThat(violation.at()).isGreaterThan(Duration.ofSeconds(36));
          });
    }

    @Test
    void holds_for_ours() {
      Outcome outcome = Simulation.run(SmallFleet.scenario(1, 0.3, DEATH), SmallFleet.OURS);

      assertThat(outcome.violations(Violation.DeadNodeNamed.class)).isEmpty();
    }

    @Test
    void begins_again_when_the_feed_is_back() {
      Fault stop = new FeedStops(Duration.ofSeconds(25), Duration.ofSeconds(30));

      Outcome outcome = Simulation.run(SmallFleet.scenario(1, 0.3, DEATH, stop), SmallFleet.OURS);

      assertThat(outcome.violations(Violation.DeadNodeNamed.class)).isEmpty();
      assertThat(outcome.tally().outAfterMicros().getFirst()).isGreaterThan(25_000_000L);
    }
  }

  @Nested
  class NoOverloadBesideRoom {
    @Test
    void is_broken_by_one_that_sends_all_to_the_first_holder() {
      Outcome outcome =
          Simulation.run(
              SmallFleet.scenario(1, 0.6),
              broken(
                  (question, broken) -> broken.world.holdings().of(question.pack()).subList(0, 1)));

      assertThat(outcome.violations(Violation.Overloaded.class))
          .isNotEmpty()
          .allSatisfy(violation -> {
            assertThat(violation.loadShare()).isGreaterThan(1);
            assertThat(violation.roomyLoadShare()).isLessThan(1);
          });
    }

    @Test
    void holds_for_ours_with_room_to_spare() {
      Outcome outcome = Simulation.run(SmallFleet.scenario(1, 0.5), SmallFleet.OURS);

      assertThat(outcome.violations(Violation.Overloaded.class)).isEmpty();
    }
  }

  @Nested
  class EveryPlayIsAnswered {
    @Test
    void is_broken_by_one_that_names_nobody_without_a_reason() {
      Outcome outcome = Simulation.run(SmallFleet.scenario(1, 0.1), broken((_, _) -> List.of()));

      assertThat(outcome.violations(Violation.NotAnswered.class)).isNotEmpty();
    }

    @Test
    void is_broken_by_one_that_fails() {
      Outcome outcome =
          Simulation.run(
              SmallFleet.scenario(1, 0.1),
              broken((_, _) -> {
                throw new IllegalStateException("out of order");
              }));

      assertThat(outcome.violations(Violation.NotAnswered.class).getFirst().inWords())
          .contains("out of order");
    }
  }

  @Nested
  class NobodyWhoLivesIsGivenUp {
    private static final Scenario PAUSED =
        SmallFleet.scenario(
            1, 0.1, new NodePauses(Duration.ofSeconds(30), 2, Duration.ofSeconds(3)));
    private static final Scenario LOSSY =
        SmallFleet.scenario(
            1, 0.1, new HeartbeatsLost(Duration.ofSeconds(10), Duration.ofSeconds(60), 0.2));

    @Test
    void is_broken_by_an_impatient_detector() {
      Outcome outcome =
          Simulation.run(LOSSY.with(LOSSY.health().judgedBySilenceAlone(1.5)), SmallFleet.OURS);

      assertThat(outcome.violations(Violation.WronglyGivenUp.class)).isNotEmpty();
      assertThat(outcome.violations(Violation.Flapped.class)).isNotEmpty();
      assertThat(outcome.tally().flaps()).isPositive();
    }

    @Test
    void holds_for_a_patient_one() {
      Outcome outcome =
          Simulation.run(LOSSY.with(LOSSY.health().judgedBySilenceAlone(20)), SmallFleet.OURS);

      assertThat(outcome.tally().wronglyGivenUp()).isZero();
    }

    /** Silence alone counts before a pause of three seconds is over. */
    @Test
    void is_broken_by_a_pause_that_nobody_probes() {
      Outcome outcome =
          Simulation.run(PAUSED.with(PAUSED.health().judgedBySilenceAlone(2.5)), SmallFleet.OURS);

      assertThat(outcome.tally().wronglyGivenUp()).isEqualTo(1);
    }

    @Test
    void holds_for_ours() {
      Outcome lossy = Simulation.run(LOSSY, SmallFleet.OURS);
      Outcome paused = Simulation.run(PAUSED, SmallFleet.OURS);

      assertThat(lossy.tally().wronglyGivenUp()).isZero();
      assertThat(paused.tally().wronglyGivenUp()).isZero();
    }
  }

  /** It sends nothing to anybody, whether it ever goes on or not. */
  @Nested
  class ANodeThatStandsStillForLong {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void is_given_up_within_six_seconds_and_not_within_three(long seed) {
      Fault freeze = new NodePauses(Duration.ofSeconds(30), 2, Duration.ofSeconds(60));

      Outcome outcome = Simulation.run(SmallFleet.scenario(seed, 0.1, freeze), SmallFleet.OURS);

      assertThat(outcome.violations(Violation.WronglyGivenUp.class))
          .singleElement()
          .satisfies(violation -> {
            assertThat(violation.at())
                .isBetween(Duration.ofMillis(33_800), Duration.ofMillis(35_700));
            assertThat(violation.reason()).contains("and answers no probe for");
          });
    }
  }

  @Nested
  class ASiteLostMovesItsOwnPlays {
    @Test
    void is_broken_by_one_that_counts_the_living() {
      Outcome outcome =
          Simulation.run(
              SmallFleet.scenario(1, 0.2, LOSS_OF_A_SITE),
              broken((question, broken) -> {
                List<Node> living = broken.healthy();
                return List.of(living.get(question.pack().index() % living.size()));
              }));

      assertThat(outcome.violations(Violation.OthersMoved.class))
          .singleElement()
          .satisfies(violation -> {
            assertThat(violation.share()).isGreaterThan(0.5);
            assertThat(violation.usualShare()).isZero();
          });
    }

    /** A loss is not to blame for what moves without one. */
    @Test
    void holds_for_one_that_names_anybody_at_any_time() {
      SplittableRandom random = new SplittableRandom(1);

      Outcome outcome =
          Simulation.run(
              SmallFleet.scenario(1, 0.2, LOSS_OF_A_SITE),
              broken((_, broken) -> {
                List<Node> living = broken.healthy();
                return List.of(living.get(random.nextInt(living.size())));
              }));

      assertThat(outcome.violations(Violation.OthersMoved.class)).isEmpty();
    }

    @Test
    void holds_for_one_that_keeps_its_order() {
      Outcome outcome =
          Simulation.run(
              SmallFleet.scenario(1, 0.2, LOSS_OF_A_SITE),
              broken((question, broken) -> broken.healthyHolders(question)));

      assertThat(outcome.violations(Violation.OthersMoved.class)).isEmpty();
    }
  }

  private static PolicyMaker broken(BiFunction<Question, Broken, List<Node>> order) {
    return (world, _) -> new Broken(world, order);
  }

  /** Knows who is healthy, and names whom it is told to. */
  private static class Broken implements SteeringPolicy {
    private final World world;
    private final BiFunction<Question, Broken, List<Node>> order;
    private final boolean[] unhealthy;

    Broken(World world, BiFunction<Question, Broken, List<Node>> order) {
      this.world = world;
      this.order = order;
      this.unhealthy = new boolean[world.nodes().size()];
    }

    /** The healthy holders, in the order in which they got the package. */
    List<Node> healthyHolders(Question question) {
      List<Node> holders = new ArrayList<>(world.holdings().of(question.pack()));
      holders.retainAll(healthy());
      return holders;
    }

    List<Node> healthy() {
      return world.nodes().stream().filter(node -> !unhealthy[node.index()]).toList();
    }

    @Override
    public Choice choose(Question question, Instant at) {
      return new Choice.Named(order.apply(question, this));
    }

    @Override
    public Choice consider(Question question, Instant at) {
      return choose(question, at);
    }

    @Override
    public void told(Node node, NodeVerdict verdict, Instant at) {
      unhealthy[node.index()] = verdict.health() != NodeHealth.HEALTHY;
    }
  }
}
