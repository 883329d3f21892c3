package io.tributary.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.steering.location.Coordinates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathRingsTest {
  private static final Site SITE = new Site(0, "site-0", new Coordinates(50, 8));

  private static final List<Node> NODES =
      List.of(node(0, 1_000), node(1, 1_000), node(2, 1_000), node(3, 3_000));

  @Test
  void a_path_has_every_node_once_and_always_in_one_order() {
    List<Node> order = new PathRings(NODES, 1).order(0, "title-1/p1");

    assertThat(order).containsExactlyInAnyOrderElementsOf(NODES);
    assertThat(new PathRings(NODES, 1).order(0, "title-1/p1")).isEqualTo(order);
  }

  @Test
  void nodes_get_paths_by_their_capacity() {
    Map<Node, Integer> firsts = new HashMap<>();
    PathRings rings = new PathRings(NODES, 1);
    for (int i = 0; i < 6_000; i++) {
      firsts.merge(rings.order(0, "title-" + i + "/p1").getFirst(), 1, Integer::sum);
    }

    assertThat(firsts.get(NODES.get(3))).isBetween(2_400, 3_600);
  }

  @Test
  void without_a_node_only_its_own_paths_move() {
    PathRings whole = new PathRings(NODES, 1);
    PathRings without = new PathRings(NODES.subList(0, 3), 1);
    for (int i = 0; i < 1_000; i++) {
      List<Node> order = new ArrayList<>(whole.order(0, "title-" + i + "/p1"));
      order.remove(NODES.get(3));
      assertThat(without.order(0, "title-" + i + "/p1")).isEqualTo(order);
    }
  }

  private static Node node(int index, long capacity) {
    return new Node(index, "node-" + index, SITE, capacity);
  }
}
