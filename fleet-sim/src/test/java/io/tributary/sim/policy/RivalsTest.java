package io.tributary.sim.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeLoad;
import io.tributary.sim.policy.SteeringPolicy.Choice;
import io.tributary.sim.scenario.Scenarios;
import io.tributary.sim.world.Client;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Pack;
import io.tributary.sim.world.PathRings;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.Site;
import io.tributary.sim.world.World;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rivals on examples worked out by hand, in a world of twelve sites of five 1 Gb/s nodes. */
class RivalsTest {
  private static final long GIGABIT = 1_000_000_000L;

  private final World world = new World(Scenarios.of("steady", 1));
  private final Node node = world.nodes().get(12);
  private final Site site = node.site();
  private final Client client =
      world.clients().stream().filter(each -> site.equals(each.home())).findFirst().orElseThrow();
  private final Pack held = pack(true);
  private final Pack notHeld = pack(false);

  @Nested
  class MistScore {
    private final MistScorePolicy policy =
        new MistScorePolicy(world, MistScorePolicy.Weights.PUBLISHED);

    /** Half of processors, half of memory (30 % + 40 % × 0.5), half of bandwidth are left. */
    @Test
    void a_half_loaded_node_without_the_stream() {
      policy.told(node, verdict(node, NodeHealth.HEALTHY, GIGABIT / 2), World.START);

      double geo = 1_000 * (1 - world.kilometres(client, site) / (Math.PI * 6_371.0088));
      assertThat(policy.score(node, question(notHeld)))
          .isCloseTo(250 + 250 + 500 + geo, within(1e-6));
    }

    @Test
    void the_stream_is_worth_fifty_points() {
      assertThat(policy.score(node, question(held)) - policy.score(node, question(notHeld)))
          .isCloseTo(50, within(1e-9));
    }

    /** An idle node has 500 + 350 + 1,000; each of its own 5 Mb/s costs 1,000 × 5 / 1,000. */
    @Test
    void a_viewer_takes_bandwidth_at_once_and_three_quarters_of_it_stay_at_a_report() {
      Question question = question(held);
      Node best = first(policy.choose(question, World.START));
      double before = policy.score(best, question);

      assertThat(first(policy.consider(question, World.START))).isNotNull();
      policy.told(best, verdict(best, NodeHealth.HEALTHY, 0), World.START);

      assertThat(policy.score(best, question) - before).isCloseTo(0.25 * 5, within(1e-6));
    }

    @Test
    void a_node_without_bandwidth_left_or_without_health_is_not_chosen() {
      policy.told(node, verdict(node, NodeHealth.HEALTHY, GIGABIT), World.START);
      assertThat(policy.score(node, question(held))).isZero();

      policy.told(node, verdict(node, NodeHealth.UNHEALTHY, 0), World.START);
      assertThat(policy.score(node, question(held))).isZero();
    }

    @Test
    void where_all_are_full_nobody_is_named() {
      world
          .nodes()
          .forEach(
              each -> policy.told(each, verdict(each, NodeHealth.HEALTHY, GIGABIT), World.START));

      assertThat(policy.choose(question(held), World.START)).isInstanceOf(Choice.Refused.class);
    }

    @Test
    void the_four_best_are_named_by_their_scores() {
      List<Node> named = named(policy.consider(question(held), World.START));

      assertThat(named)
          .hasSize(4)
          .isSortedAccordingTo(
              Comparator.comparingDouble((Node each) -> -policy.score(each, question(held))));
    }
  }

  @Nested
  class CoverageZone {
    private final List<Node> order =
        new PathRings(world.nodes(), 12).order(site.index(), held.ref().path());

    @Test
    void the_path_s_nodes_of_the_clients_own_site_are_named_in_their_order() {
      assertThat(named(policy(1).choose(question(held), World.START)))
          .isEqualTo(order.subList(0, 4));
    }

    @Test
    void a_loaded_or_unhealthy_cache_is_passed_over_until_it_is_neither() {
      CoverageZonePolicy policy = policy(1);
      policy.told(
          order.getFirst(),
          verdict(order.getFirst(), NodeHealth.HEALTHY, 830_000_000),
          World.START);
      policy.told(order.get(1), verdict(order.get(1), NodeHealth.UNHEALTHY, 0), World.START);
      assertThat(first(policy.choose(question(held), World.START))).isEqualTo(order.get(2));

      policy.told(
          order.getFirst(),
          verdict(order.getFirst(), NodeHealth.HEALTHY, 820_000_000),
          World.START);
      assertThat(first(policy.choose(question(held), World.START))).isEqualTo(order.getFirst());
    }

    @Test
    void the_nearest_other_site_is_next() {
      CoverageZonePolicy policy = policy(1);
      order.forEach(each -> policy.told(each, verdict(each, NodeHealth.UNHEALTHY, 0), World.START));
      Site next =
          world.sites().stream()
              .filter(each -> !each.equals(site))
              .min(Comparator.comparingDouble(each -> world.kilometres(client, each)))
              .orElseThrow();

      assertThat(first(policy.choose(question(held), World.START)).site()).isEqualTo(next);
    }

    @Test
    void plays_of_one_path_take_turns_over_its_dispersion() {
      CoverageZonePolicy policy = policy(2);

      assertThat(first(policy.choose(question(held, 6), World.START))).isEqualTo(order.getFirst());
      assertThat(first(policy.choose(question(held, 7), World.START))).isEqualTo(order.get(1));
    }

    private CoverageZonePolicy policy(int dispersion) {
      return new CoverageZonePolicy(world, new CoverageZonePolicy.Settings(dispersion, 0.825, 3));
    }
  }

  private Question question(Pack pack) {
    return question(pack, 0);
  }

  private Question question(Pack pack, long play) {
    return new Question(play, client, pack, 5_000_000);
  }

  private Pack pack(boolean isHeld) {
    return world.packs().stream()
        .filter(pack -> world.holdings().has(node, pack) == isHeld)
        .findFirst()
        .orElseThrow();
  }

  private static Node first(Choice choice) {
    return named(choice).getFirst();
  }

  private static List<Node> named(Choice choice) {
    return Objects.requireNonNull(choice instanceof Choice.Named(List<Node> nodes) ? nodes : null);
  }

  private static NodeVerdict verdict(Node node, NodeHealth health, long egressBitsPerSecond) {
    return new NodeVerdict(
        node.id(),
        node.site().id(),
        health,
        "as told",
        World.START,
        1,
        1,
        List.of(),
        new NodeCapacity(node.egressCapacityBitsPerSecond(), 0, 0),
        new NodeLoad(egressBitsPerSecond, 0, 0, 0),
        1,
        1,
        node.certificateNotAfter(),
        "serving",
        1L);
  }
}
