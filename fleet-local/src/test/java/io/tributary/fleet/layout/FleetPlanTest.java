package io.tributary.fleet.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetPlanTest {

  private static final FleetPlan PLAN = FleetPlan.first("local", new PortBlock(21_000));

  @Test
  void theDefaultFleetIsThreeNodesAndOneOfEachElse() {
    assertThat(PLAN.members())
        .extracting(FleetPlan.Member::name)
        .containsExactly(
            "fault-proxy",
            "cassandra",
            "kafka",
            "object-store",
            "oca-control-plane-1",
            "steering-service-1",
            "playback-service-1",
            "api-gateway-1",
            "media-pipeline-1",
            "oca-node-1",
            "oca-node-2",
            "oca-node-3");
    assertThat(PLAN.publicBaseUrl()).isEqualTo("http://127.0.0.1:21000");
    assertThat(PLAN.steeringFaceUrl()).isEqualTo("http://127.0.0.1:21085");
  }

  @Test
  void noTwoPortsOfTheLargestFleetAreTheSameOrOutsideItsBlock() {
    FleetPlan largest = PLAN;
    for (Service service : Service.values()) {
      if (service.replicated()) {
        largest = largest.withReplicas(service, service.mostReplicas());
      }
    }
    Set<Integer> ports = new HashSet<>();
    PortBlock block = largest.ports();
    for (FleetPlan.Member member : largest.members()) {
      for (Door door : member.service().doors()) {
        assertThat(ports.add(block.publicPort(door, member.instance()))).isTrue();
        assertThat(ports.add(block.realPort(door, member.instance()))).isTrue();
      }
      if (member.service().replicated()) {
        Door main = member.service().doors().getFirst();
        assertThat(ports.add(block.managementPort(main, member.instance()))).isTrue();
      }
    }
    for (int port :
        new int[] {
          block.cassandraStorage(),
          block.cassandraJmx(),
          block.kafkaController(),
          block.kafkaBroker(),
          block.faultControl()
        }) {
      assertThat(ports.add(port)).isTrue();
    }
    assertThat(ports).allMatch(port -> port >= 21_000 && port < 21_300);
  }

  @Test
  void eachFleetGetsTheNextFreeBlock() {
    assertThat(PortBlock.firstFree(Set.of()).base()).isEqualTo(21_000);
    assertThat(PortBlock.firstFree(Set.of(21_000, 21_600)).base()).isEqualTo(21_300);
    assertThat(PortBlock.firstFree(Set.of(21_150)).base()).isEqualTo(21_600);
  }

  @Test
  void nodesStandInBothSites() {
    assertThat(FleetPlan.site(1)).isEqualTo("site-a");
    assertThat(FleetPlan.site(2)).isEqualTo("site-b");
    assertThat(FleetPlan.site(3)).isEqualTo("site-a");
  }

  @Test
  void aPlanThatMakesNoSenseIsRefusedByNameAndValue() {
    assertThatThrownBy(() -> FleetPlan.first("Üb", new PortBlock(21_000)))
        .hasMessageStartingWith("fleet is Üb (expected: ");
    assertThatThrownBy(() -> PLAN.withReplicas(Service.CASSANDRA, 2))
        .hasMessage("service is cassandra (expected: one that can have replicas)");
    assertThatThrownBy(() -> PLAN.withReplicas(Service.NODE, 41))
        .hasMessage("replicas of oca-node is 41 (expected: 1 to 40)");
  }

  @Test
  void aNameThatIsNoFleetsIsNoFolder(@TempDir Path home) throws Exception {
    assertThatThrownBy(() -> new FleetFolder(home, "../../x"))
        .hasMessageStartingWith("fleet is ../../x (expected: ");

    Files.createDirectories(home.resolve("fleets").resolve("lost+found"));
    assertThat(new FleetFolder(home, "local").takenPortBases()).isEmpty();
  }

  @Test
  void aFleetThatWasReachableFromElsewhereCanBeShutAgain() {
    assertThat(PLAN.withPublicHost("laptop.lan").withPublicHost(null)).isEqualTo(PLAN);
  }

  @Test
  void aPlanIsKeptAndReadBack(@TempDir Path home) throws Exception {
    FleetFolder folder = new FleetFolder(home, "local");
    assertThat(folder.plan()).isEmpty();
    folder.make();
    FleetPlan plan = PLAN.withReplicas(Service.PLAYBACK, 2).withPublicHost("laptop.lan");

    folder.keep(plan);

    assertThat(folder.plan()).isEqualTo(Optional.of(plan));
    assertThat(folder.takenPortBases()).containsExactly(21_000);
    assertThat(plan.replicas()).isEqualTo(Map.of("oca-node", 3, "playback-service", 2));
  }
}
