package io.tributary.fleet.definition;

import io.tributary.fleet.layout.Door;
import io.tributary.fleet.layout.FleetFolder;
import io.tributary.fleet.layout.FleetPlan;
import io.tributary.fleet.layout.FleetPlan.Member;
import io.tributary.fleet.layout.Jdks;
import io.tributary.fleet.layout.PortBlock;
import io.tributary.fleet.probe.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One Kafka broker that is its own controller. */
final class KafkaDefinition {

  /** Any will do, so one is fixed: making one would cost a start of a JVM. */
  private static final String CLUSTER_ID = "dHJpYnV0YXJ5LWxvY2Fs";

  private static final List<String> SMALL =
      List.of("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private KafkaDefinition() {}

  static Definition of(FleetPlan plan, FleetFolder folder, Member member, Path jdk) {
    PortBlock ports = plan.ports();
    return new Definition(
        member,
        ports.publicPort(Door.KAFKA, 1),
        List.of(ports.realPort(Door.KAFKA, 1), ports.kafkaController(), ports.kafkaBroker()),
        jdk,
        jvm(folder),
        member.service().mainClass(),
        List.of(folder.config("kafka.properties").toString()),
        new Probe.Accepts(ports.realPort(Door.KAFKA, 1)));
  }

  /** The once-only step before the first start: empty when the log folder is formatted. */
  static List<String> formatCommand(FleetFolder folder, Path jdk, String classPath) {
    if (Files.exists(log(folder).resolve("meta.properties"))) {
      return List.of();
    }
    List<String> command = new ArrayList<>();
    command.add(Jdks.tool(jdk, "java").toString());
    command.addAll(jvm(folder));
    command.addAll(List.of("-cp", classPath, "kafka.tools.StorageTool", "format"));
    command.addAll(List.of("--ignore-formatted", "--cluster-id", CLUSTER_ID));
    command.addAll(List.of("--config", folder.config("kafka.properties").toString()));
    return command;
  }

  static void configure(FleetPlan plan, FleetFolder folder) throws IOException {
    PortBlock ports = plan.ports();
    Files.writeString(
        folder.config("kafka.properties"),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%1$d
        listeners=CLIENTS://127.0.0.1:%2$d,BROKERS://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%1$d
        advertised.listeners=CLIENTS://127.0.0.1:%4$d,BROKERS://127.0.0.1:%3$d
        listener.security.protocol.map=CLIENTS:PLAINTEXT,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=BROKERS
        controller.listener.names=CONTROLLER
        log.dirs=%5$s
        auto.create.topics.enable=false
        num.partitions=1
        default.replication.factor=1
        min.insync.replicas=1
        offsets.topic.num.partitions=8
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=2
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.num.partitions=2
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        log.segment.bytes=16777216
        log.cleaner.dedupe.buffer.size=16777216
        log.cleaner.threads=1
        num.network.threads=2
        num.io.threads=4
        num.recovery.threads.per.data.dir=2
        """
            .formatted(
                ports.kafkaController(),
                ports.realPort(Door.KAFKA, 1),
                ports.kafkaBroker(),
                ports.publicPort(Door.KAFKA, 1),
                log(folder)));
    Files.writeString(
        folder.config("kafka-log4j2.xml"),
        """
        <Configuration status="WARN">
          <Appenders>
            <Console name="STDOUT">
              <PatternLayout pattern="%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %c{1} %m%n"/>
            </Console>
          </Appenders>
          <Loggers>
            <Root level="INFO">
              <AppenderRef ref="STDOUT"/>
            </Root>
            <Logger name="org.apache.kafka.clients" level="WARN"/>
          </Loggers>
        </Configuration>
        """);
  }

  private static List<String> jvm(FleetFolder folder) {
    List<String> jvm = new ArrayList<>(SMALL);
    jvm.add("-Dlog4j2.configurationFile=" + folder.config("kafka-log4j2.xml").toUri());
    return jvm;
  }

  private static Path log(FleetFolder folder) {
    return folder.data("kafka").resolve("log").toAbsolutePath();
  }
}
