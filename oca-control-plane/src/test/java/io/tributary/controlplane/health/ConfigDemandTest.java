package io.tributary.controlplane.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeLoad;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConfigDemandTest {
  private static final OptionalLong NEW = OptionalLong.of(8);

  @Test
  void whatMoreThanHalfOfTheNamedNodesConfirmedIsDemanded() {
    assertEquals(NEW, demanded(verdict(8), verdict(8), verdict(7)));
    assertEquals(OptionalLong.empty(), demanded(verdict(8), verdict(7)));
    assertEquals(OptionalLong.empty(), demanded());
  }

  @Test
  void nodesThatAreNotNamedHaveNoSay() {
    assertEquals(NEW, demanded(verdict(8), verdict(NodeHealth.UNHEALTHY, 7)));
    assertEquals(OptionalLong.empty(), demanded(verdict(7), verdict(NodeHealth.UNREACHABLE, 8)));
    assertEquals(OptionalLong.empty(), demanded(verdict(8), verdict(NodeHealth.DRAINING, 7)));
  }

  @Test
  void theDeathOfOneThatConfirmedEndsNoDemand() {
    ConfigDemand demand = new ConfigDemand();
    assertEquals(NEW, demand.of(NEW, List.of(verdict(8), verdict(8), verdict(7))));

    assertEquals(
        NEW, demand.of(NEW, List.of(verdict(8), verdict(NodeHealth.UNHEALTHY, 8), verdict(7))));
    assertEquals(OptionalLong.empty(), demand.of(NEW, List.of(verdict(8), verdict(7), verdict(7))));
  }

  private static OptionalLong demanded(NodeVerdict... verdicts) {
    return new ConfigDemand().of(NEW, List.of(verdicts));
  }

  private static NodeVerdict verdict(long configVersion) {
    return verdict(NodeHealth.HEALTHY, configVersion);
  }

  private static NodeVerdict verdict(NodeHealth health, long configVersion) {
    return new NodeVerdict(
        "n",
        "s",
        health,
        "",
        Instant.EPOCH,
        1,
        1,
        List.of(),
        new NodeCapacity(1, 1, 1),
        new NodeLoad(0, 0, 0, 0),
        configVersion,
        1,
        Instant.EPOCH,
        "ok",
        1L);
  }
}
