package io.tributary.fleet.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.ctl.keys.FleetKeys;
import io.tributary.fleet.fault.ProxyTarget;
import io.tributary.fleet.layout.Checkout;
import io.tributary.fleet.layout.Door;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.layout.Service;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetDefinitionTest {

  private static final PortBlock PORTS = new PortBlock(21_000);
  private static final FleetPlan PLAN =
      FleetPlan.first("local", PORTS).withReplicas(Service.STEERING, 2);
  private static final Path JDK = Path.of("/jdk");
  private static final Path KEYS = Path.of("/keys");

  @Test
  void everyDoorOfEveryProcessIsTheFaultProxysAndLeadsToWhereItListens() {
    FleetDefinition definition = definition(PLAN);
    List<Integer> realPorts =
        definition.all().stream()
            .filter(process -> process.member().service() != Service.FAULT_PROXY)
            .flatMap(process -> process.realPorts().stream())
            .toList();

    assertThat(definition.proxyTargets())
        .extracting(ProxyTarget::upstreamPort)
        .isSubsetOf(realPorts);
    assertThat(definition.proxyTargets())
        .contains(
            new ProxyTarget("steering-service-1", "127.0.0.1", 21_085, 21_185),
            new ProxyTarget("steering-service-2", "127.0.0.1", 21_086, 21_186));
  }

  @Test
  void viewersFromElsewhereReachThePageTheNodesAndSteeringsFaceAndNothingElse() {
    FleetPlan open = PLAN.withPublicHost("laptop.lan");

    assertThat(definition(open).proxyTargets())
        .filteredOn(target -> target.bindAddress().equals("0.0.0.0"))
        .extracting(ProxyTarget::port)
        .containsExactlyInAnyOrder(
            PORTS.publicPort(Door.GATEWAY, 1),
            PORTS.publicPort(Door.NODE_MEDIA, 1),
            PORTS.publicPort(Door.NODE_MEDIA, 2),
            PORTS.publicPort(Door.NODE_MEDIA, 3),
            PORTS.publicPort(Door.STEERING_FACE, 1),
            PORTS.publicPort(Door.STEERING_FACE, 2));
  }

  @Test
  void steeringsFaceChecksPlaysByPublicKeysAlone() {
    assertThat(arguments(PLAN, new Member(Service.STEERING, 2)))
        .contains(
            "--steering.face.address=127.0.0.1",
            "--steering.face.port=21186",
            "--steering.face.play-keys-file=/keys/media-public/media-public.jwks")
        .noneMatch(argument -> argument.contains("/keys/media/"));
  }

  @Test
  void manifestsNameTheFaceWhereViewersReachIt() {
    Member playback = new Member(Service.PLAYBACK, 1);

    assertThat(arguments(PLAN, playback))
        .contains("--playback.steering-face-url=http://127.0.0.1:21085");
    assertThat(arguments(PLAN.withPublicHost("laptop.lan"), playback))
        .contains("--playback.steering-face-url=http://laptop.lan:21085");
  }

  private static List<String> arguments(FleetPlan plan, Member member) {
    return definition(plan).of(member).arguments();
  }

  private static FleetDefinition definition(FleetPlan plan) {
    return new FleetDefinition(
        plan,
        new FleetFolder(Path.of("/home"), plan.name()),
        new FleetKeys(KEYS, Path.of("keytool"), List.of()),
        new Checkout(Path.of("/checkout")),
        new Jdks(JDK, JDK));
  }
}
