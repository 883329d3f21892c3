package io.tributary.fleet.definition;

import io.tributary.backends.KafkaSettings;
import io.tributary.fleet.layout.Door;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.probe.Probe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fleet's one Kafka broker. */
final class KafkaDefinition {
  private KafkaDefinition() {}

  static Definition of(FleetPlan plan, FleetFolder folder, Member member, Path jdk) {
    KafkaSettings settings = settings(plan, folder);
    return new Definition(
        member,
        settings.advertisedPort(),
        List.of(settings.clientsPort(), settings.controllerPort(), settings.brokersPort()),
        jdk,
        settings.jvmOptions(),
        member.service().mainClass(),
        settings.arguments(),
        new Probe.Accepts(settings.clientsPort()));
  }

  /** The once-only step before the first start: empty when the log folder is formatted. */
  static List<String> formatCommand(KafkaSettings settings, Path jdk, String classPath) {
    if (!settings.isUnformatted()) {
      return List.of();
    }
    List<String> command = new ArrayList<>();
    command.add(Jdks.tool(jdk, "java").toString());
    command.addAll(settings.jvmOptions());
    command.addAll(List.of("-cp", classPath));
    command.addAll(settings.formatting());
    return command;
  }

  static KafkaSettings settings(FleetPlan plan, FleetFolder folder) {
    PortBlock ports = plan.ports();
    return new KafkaSettings(
        folder.config(),
        folder.data("kafka").resolve("log"),
        ports.realPort(Door.KAFKA, 1),
        ports.publicPort(Door.KAFKA, 1),
        ports.kafkaBroker(),
        ports.kafkaController());
  }
}
