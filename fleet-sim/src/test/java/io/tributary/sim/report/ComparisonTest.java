package io.tributary.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.event.NodeVerdict;
import io.tributary.sim.policy.SteeringPolicy;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Question;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Contender NAMES_NOBODY =
      new Contender("names nobody", true, "", (_, _) -> new Refusing(List.of()));

  @Test
  void what_must_never_be_is_told_with_the_command_that_shows_it_again() {
    Comparison comparison = Comparison.of("dead-nodes", 5, 1, List.of(NAMES_NOBODY));

    assertThat(comparison.violations())
        .hasSize(5)
        .allSatisfy(line ->
            assertThat(line)
                .startsWith("dead-nodes, seed 5, at ")
                .contains("nobody is named, and no reason")
                .endsWith("./tributary sim steering --seed 5 --seeds 1 --scenario dead-nodes)"));
  }

  @Test
  void a_loss_names_the_best_rival_and_how_many_seeds_it_is_lost_in() {
    Contender rival =
        Contender.ALL.stream().filter(each -> !each.isOurs()).findFirst().orElseThrow();

    Comparison comparison = Comparison.of("dead-nodes", 5, 2, List.of(NAMES_NOBODY, rival));

    assertThat(comparison.losses())
        .anySatisfy(loss -> {
          assertThat(loss.measure()).isEqualTo("plays rejected, %");
          assertThat(loss.ours()).isEqualTo(100);
          assertThat(loss.rival()).isEqualTo(rival.name());
          assertThat(loss.seedsLost()).isEqualTo(2);
        });
  }

  @Test
  void standings_count_the_scenarios_that_are_won_and_lost_against_each_rival() {
    Contender rival =
        Contender.ALL.stream().filter(each -> !each.isOurs()).findFirst().orElseThrow();
    Comparison comparison = Comparison.of("dead-nodes", 5, 1, List.of(NAMES_NOBODY, rival));

    List<String> lines = Comparison.standings(List.of(comparison, comparison));

    assertThat(lines.getFirst()).contains("won / equal / lost", rival.name());
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("plays rejected", "0 / 0 / 2"))
        .anySatisfy(line -> assertThat(line).contains("maximum load", "2 / 0 / 0"));
  }

  private record Refusing(List<Node> nobody) implements SteeringPolicy {
    @Override
    public Choice choose(Question question, Instant at) {
      return new Choice.Named(nobody);
    }

    @Override
    public Choice consider(Question question, Instant at) {
      return new Choice.Named(nobody);
    }

    @Override
    public void told(Node node, NodeVerdict verdict, Instant at) {}
  }
}
