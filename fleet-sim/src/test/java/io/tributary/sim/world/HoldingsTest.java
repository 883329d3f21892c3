package io.tributary.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.sim.scenario.Scenarios;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldingsTest {
  private final World world = new World(Scenarios.of("steady", 1));
  private final Holdings holdings = world.holdings();

  @Test
  void what_is_popular_has_more_copies_and_all_is_at_several_sites() {
    Pack first = world.packs().getFirst();
    Pack last = world.packs().getLast();

    assertThat(holdings.of(first)).hasSize(60).doesNotHaveDuplicates();
    assertThat(holdings.of(last)).hasSize(4);
    assertThat(holdings.of(last).stream().map(Node::site)).doesNotHaveDuplicates();
  }

  @Test
  void a_node_that_fetches_drops_what_it_was_asked_for_least_lately() {
    Node node =
        Collections.max(
            world.nodes(), Comparator.comparingInt((Node each) -> held(each, true).size()));
    List<Pack> held = held(node, true);
    held.forEach(pack -> holdings.use(node, pack));
    Pack fetched = held(node, false).getFirst();

    holdings.fetch(node, fetched);

    assertThat(holdings.has(node, fetched)).isTrue();
    assertThat(holdings.of(fetched)).contains(node);
    assertThat(holdings.has(node, held.getFirst())).isFalse();
    assertThat(holdings.of(held.getFirst())).doesNotContain(node);
    assertThat(holdings.has(node, held.getLast())).isTrue();
  }

  private List<Pack> held(Node node, boolean isHeld) {
    return world.packs().stream().filter(pack -> holdings.has(node, pack) == isHeld).toList();
  }
}
