package io.tributary.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One Kafka broker of a size for a laptop, which is its own controller, listening on loopback only.
 *
 * @param config the folder of the files that the options name
 * @param log where it keeps its data
 * @param clientsPort where clients are heard
 * @param advertisedPort where clients are told to come, which may be a proxy's
 * @param brokersPort where it hears itself as a broker
 * @param controllerPort where it hears itself as a controller
 */
public record KafkaSettings(
    Path config,
    Path log,
    int clientsPort,
    int advertisedPort,
    int brokersPort,
    int controllerPort) {
  /** What the JVM starts. */
  public static final String MAIN_CLASS = "kafka.Kafka";

  /** Any will do, so one is fixed: making one would cost a start of a JVM. */
  private static final String CLUSTER_ID = "dHJpYnV0YXJ5LWxvY2Fs";

  /** The options of its JVM. */
  public List<String> jvmOptions() {
    return List.of(
        "-Xms64m",
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dlog4j2.configurationFile=" + config.resolve("kafka-log4j2.xml").toUri());
  }

  /** The arguments of {@link #MAIN_CLASS}. */
  public List<String> arguments() {
    return List.of(properties().toString());
  }

  /** Whether the step of {@link #formatting()} is still to be done. */
  public boolean isUnformatted() {
    return !Files.exists(log.resolve("meta.properties"));
  }

  /** The main class and the arguments of the once-only step before the first start. */
  public List<String> formatting() {
    return List.of(
        "kafka.tools.StorageTool",
        "format",
        "--ignore-formatted",
        "--cluster-id",
        CLUSTER_ID,
        "--config",
        properties().toString());
  }

  /** Writes the files that the options name, over what is there. */
  public void writeFiles() throws IOException {
    Files.writeString(
        properties(),
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
                controllerPort, clientsPort, brokersPort, advertisedPort, log.toAbsolutePath()));
    Files.writeString(
        config.resolve("kafka-log4j2.xml"),
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

  private Path properties() {
    return config.resolve("kafka.properties");
  }
}
