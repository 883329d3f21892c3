package io.tributary.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.sim.scenario.Scenarios;
import io.tributary.steering.location.Coordinates;
import org.junit.jupiter.api.Test;

class WorldTest {
  private final World world = new World(Scenarios.of("steady", 1));

  @Test
  void a_site_is_nearest_to_the_viewers_in_its_network() {
    for (Client client : world.clients()) {
      Site home = client.home();
      if (home != null) {
        assertThat(world.nodes())
            .filteredOn(node -> world.tier(client, node) == 0)
            .extracting(Node::site)
            .containsOnly(home);
      }
    }
  }

  @Test
  void viewers_off_the_net_are_located_by_geography() {
    assertThat(world.clients())
        .filteredOn(client -> client.home() == null)
        .hasSize(48)
        .allSatisfy(
            client -> assertThat(world.nodes()).anyMatch(node -> world.tier(client, node) == 0));
  }

  /** Frankfurt to Paris: 478 km on a sphere. */
  @Test
  void distances_are_those_of_the_earth() {
    double kilometres =
        Earth.kilometres(new Coordinates(50.1109, 8.6821), new Coordinates(48.8566, 2.3522));

    assertThat(kilometres).isCloseTo(478, within(1.0));
  }
}
