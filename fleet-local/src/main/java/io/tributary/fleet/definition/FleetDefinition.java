package io.tributary.fleet.definition;

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
import io.tributary.fleet.probe.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** How every process of one fleet is started. Immutable. */
public final class FleetDefinition {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EVERYWHERE = "0.0.0.0";
  private static final String LOOPBACK = "127.0.0.1";

  /** What may be for others; the rest never is. */
  private static final Set<Door> OF_VIEWERS =
      Set.of(Door.GATEWAY, Door.NODE_MEDIA, Door.STEERING_FACE);

  private final FleetPlan plan;
  private final FleetFolder folder;
  private final FleetKeys keys;
  private final Checkout checkout;
  private final Jdks jdks;

  /** A fleet by its plan, in its folder, from a checkout. */
  public FleetDefinition(
      FleetPlan plan, FleetFolder folder, FleetKeys keys, Checkout checkout, Jdks jdks) {
    this.plan = plan;
    this.folder = folder;
    this.keys = keys;
    this.checkout = checkout;
    this.jdks = jdks;
  }

  /** All processes, in the order in which they are started. */
  public List<Definition> all() {
    return plan.members().stream().map(this::of).toList();
  }

  /** One process. */
  public Definition of(Member member) {
    return switch (member.service()) {
      case FAULT_PROXY -> faultProxy(member);
      case CASSANDRA -> CassandraDefinition.of(plan, folder, member, jdks.cassandra());
      case KAFKA -> KafkaDefinition.of(plan, folder, member, jdks.current());
      case OBJECT_STORE -> objectStore(member);
      case GATEWAY, PLAYBACK, STEERING, CONTROL_PLANE, PIPELINE, NODE -> service(member);
    };
  }

  /** Writes what the processes read besides their arguments. */
  public void configure() throws IOException {
    CassandraDefinition.settings(plan, folder, new Member(Service.CASSANDRA, 1)).writeFiles();
    KafkaDefinition.settings(plan, folder).writeFiles();
    Files.write(targetsFile(), JSON.writeValueAsBytes(proxyTargets()));
  }

  /** What must run once before a process may be started for the first time; empty for nothing. */
  public List<String> preparation(Service service) throws IOException {
    return service == Service.KAFKA
        ? KafkaDefinition.formatCommand(
            KafkaDefinition.settings(plan, folder), jdks.current(), classPath(service))
        : List.of();
  }

  /** The jars of a service as the machine wants them. */
  public String classPath(Service service) throws IOException {
    return checkout.classPath(service).stream()
        .map(Path::toString)
        .collect(Collectors.joining(":"));
  }

  /**
   * The command line of a process.
   *
   * @param fastStart options that name its archive; may be empty
   */
  public List<String> command(Definition definition, List<String> fastStart) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Jdks.tool(definition.jdk(), "java").toString());
    command.addAll(definition.jvm());
    command.add(
        "-XX:ErrorFile="
            + folder.log(definition.name()).resolveSibling(definition.name() + "-crash.log"));
    command.addAll(fastStart);
    command.addAll(List.of("-cp", classPath(definition.member().service())));
    command.add(definition.mainClass());
    command.addAll(definition.arguments());
    return command;
  }

  /** What the fault proxy listens for. */
  public List<ProxyTarget> proxyTargets() {
    List<ProxyTarget> targets = new ArrayList<>();
    for (Member member : plan.members()) {
      for (Door door : member.service().doors()) {
        targets.add(
            new ProxyTarget(
                member.name(),
                bindAddress(door),
                plan.ports().publicPort(door, member.instance()),
                plan.ports().realPort(door, member.instance())));
      }
    }
    return targets;
  }

  private String bindAddress(Door door) {
    return plan.publicHost() != null && OF_VIEWERS.contains(door) ? EVERYWHERE : LOOPBACK;
  }

  private Path targetsFile() {
    return folder.config("fault-proxy.json");
  }

  private Definition faultProxy(Member member) {
    int control = plan.ports().faultControl();
    List<Integer> listening = new ArrayList<>(List.of(control));
    proxyTargets().forEach(target -> listening.add(target.port()));
    return new Definition(
        member,
        control,
        listening,
        jdks.current(),
        List.of(
            "-Xms16m",
            "-Xmx64m",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"),
        member.service().mainClass(),
        List.of(Integer.toString(control), targetsFile().toString()),
        new Probe.Accepts(control));
  }

  private Definition objectStore(Member member) {
    PortBlock ports = plan.ports();
    int port = ports.realPort(Door.OBJECT_STORE, 1);
    return new Definition(
        member,
        ports.publicPort(Door.OBJECT_STORE, 1),
        List.of(port),
        jdks.current(),
        List.of("-Xms32m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        member.service().mainClass(),
        List.of(
            "--address=" + LOOPBACK,
            "--port=" + port,
            "--folder=" + folder.data(member.name()),
            "--credentials-file=" + keys.objectStoreCredentials()),
        new Probe.Accepts(port));
  }

  private Definition service(Member member) {
    PortBlock ports = plan.ports();
    Service service = member.service();
    Door mainDoor = service.doors().getFirst();
    int management = ports.managementPort(mainDoor, member.instance());
    List<Integer> listening = new ArrayList<>(List.of(management));
    service.doors().forEach(door -> listening.add(ports.realPort(door, member.instance())));
    return new Definition(
        member,
        ports.publicPort(mainDoor, member.instance()),
        listening,
        jdks.current(),
        jvm(service),
        service.mainClass(),
        ServiceSettings.of(plan, folder, keys, member),
        new Probe.Readiness(management));
  }

  /** A node's serving speed is worth the better compiler; the others' start-up is not. */
  private static List<String> jvm(Service service) {
    List<String> jvm = new ArrayList<>(List.of("-Xms32m", "-XX:+UseSerialGC", "-Xss512k"));
    jvm.add("--enable-native-access=ALL-UNNAMED");
    jvm.add("--sun-misc-unsafe-memory-access=allow");
    switch (service) {
      case NODE -> jvm.addAll(List.of("-Xmx160m", "-XX:MaxDirectMemorySize=128m"));
      default -> jvm.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    }
    return jvm;
  }
}
