package io.tributary.backends;

import java.util.Map;

/** {@link Kafka} of the official image, or of one that understands its variables. */
final class KafkaContainer implements Kafka {
  private static final String IMAGE =
      Backends.setting("tributary.kafka.image", "KAFKA_IMAGE").orElse("apache/kafka:4.3.1");

  private final int port = ForkedJvm.freePorts(1).getFirst();
  private final String bootstrapServers = BackendContainer.host() + ":" + port;
  private final BackendContainer container =
      new BackendContainer(
          IMAGE,
          port,
          9092,
          Map.ofEntries(
              Map.entry("KAFKA_HEAP_OPTS", "-Xms64m -Xmx256m"),
              Map.entry("KAFKA_NODE_ID", "1"),
              Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
              Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9094"),
              Map.entry(
                  "KAFKA_LISTENERS",
                  "CLIENTS://:9092,BROKERS://localhost:9093,CONTROLLER://localhost:9094"),
              Map.entry(
                  "KAFKA_ADVERTISED_LISTENERS",
                  "CLIENTS://" + bootstrapServers + ",BROKERS://localhost:9093"),
              Map.entry(
                  "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                  "CLIENTS:PLAINTEXT,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT"),
              Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "BROKERS"),
              Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
              Map.entry("KAFKA_LOG_DIRS", "/var/lib/kafka/data"),
              Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
              Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
              Map.entry("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "8"),
              Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
              Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
              Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")),
          Greeting.KAFKA);

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void start() {
    Backends.used("Kafka is a container of " + IMAGE);
    container.start();
  }

  @Override
  public void kill() {
    container.kill();
  }

  @Override
  public void close() {
    container.close();
  }
}
