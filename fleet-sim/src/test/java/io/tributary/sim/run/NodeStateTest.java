package io.tributary.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.media.PackageRef;
import io.tributary.sim.world.Client;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Pack;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.Site;
import io.tributary.steering.location.ClientNetwork;
import io.tributary.steering.location.Coordinates;
import io.tributary.steering.location.IpPrefix;
import org.junit.jupiter.api.Test;

class NodeStateTest {
  private static final long SECOND = 1_000_000;
  private static final Coordinates PLACE = new Coordinates(50, 8);

  private final NodeState node =
      new NodeState(new Node(0, "node-0", new Site(0, "site-0", PLACE), 10_000_000), 5_000_000);

  @Test
  void what_it_reports_is_the_average_since_its_last_report() {
    node.begin(play(4_000_000), 0);
    assertThat(node.sentBitsPerSecond(SECOND)).isEqualTo(4_000_000);

    node.begin(play(4_000_000), SECOND + SECOND / 2);
    assertThat(node.sentBitsPerSecond(2 * SECOND)).isEqualTo(6_000_000);
  }

  @Test
  void it_sends_no_more_than_it_can() {
    node.begin(play(15_000_000), 0);

    assertThat(node.sentBitsPerSecond(SECOND)).isEqualTo(10_000_000);
    assertThat(node.starvedBits(2 * SECOND)).isEqualTo(10_000_000);
    assertThat(node.mostLoadShare()).isEqualTo(1.5);
  }

  @Test
  void it_knows_since_when_it_is_overloaded_and_since_when_it_has_room() {
    RunningPlay first = play(6_000_000);
    RunningPlay second = play(6_000_000);

    node.begin(first, SECOND);
    assertThat(node.roomySinceMicros).isEqualTo(NodeState.NEVER);
    node.begin(second, 2 * SECOND);
    assertThat(node.overloadedSinceMicros).isEqualTo(2 * SECOND);
    node.end(first, 3 * SECOND);
    assertThat(node.overloadedSinceMicros).isEqualTo(NodeState.NEVER);
    node.end(second, 4 * SECOND);
    assertThat(node.roomySinceMicros).isEqualTo(4 * SECOND);
    assertThat(node.plays).isEmpty();
  }

  private static RunningPlay play(long bitsPerSecond) {
    Client client = new Client(0, new ClientNetwork(IpPrefix.parse("10.0.0.0/24")), PLACE, null);
    Pack pack = new Pack(0, new PackageRef("title-0", "p1"));
    return new RunningPlay(new Question(0, client, pack, bitsPerSecond), Long.MAX_VALUE);
  }
}
