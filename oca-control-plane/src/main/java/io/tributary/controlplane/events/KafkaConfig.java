package io.tributary.controlplane.events;

import java.util.List;

/**
 * Where Kafka is, and how safe what we create there is.
 *
 * @param bootstrapServers {@code host:port} of at least one broker
 * @param replicationFactor of topics that are created, 1 to 5
 */
public record KafkaConfig(List<String> bootstrapServers, int replicationFactor) {
  public KafkaConfig {
    bootstrapServers = List.copyOf(bootstrapServers);
  }
}
