package io.tributary.benchmarks.controlplane;

import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.node.Heartbeat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the topic of verdicts says of each node: what the rest of the fleet knows of it. */
final class SaidVerdicts implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final TypeReference<Event<NodeVerdict>> VERDICT = new TypeReference<>() {};
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final KafkaConsumer<String, byte[]> from;
  private final Map<String, NodeVerdict> last = new HashMap<>();

  SaidVerdicts(String servers) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    from = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> all =
        from.partitionsFor(Topics.NODE_VERDICTS.name()).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    from.assign(all);
    from.seekToBeginning(all);
  }

  /**
   * Waits until every node's verdict is of what it sent last.
   *
   * @return of how many nodes it still is not after the patience
   */
  long notOfTheLast(Map<String, Heartbeat> sent, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    long wrong;
    do {
      for (ConsumerRecord<String, byte[]> message : from.poll(POLL)) {
        last.put(message.key(), JSON.readValue(message.value(), VERDICT).data());
      }
      wrong = sent.values().stream().filter(heartbeat -> !isOf(heartbeat)).count();
    } while (wrong > 0 && System.nanoTime() < end);
    return wrong;
  }

  /** How many nodes are healthy by what was read. */
  long healthy() {
    return last.values().stream().filter(verdict -> verdict.health() == NodeHealth.HEALTHY).count();
  }

  private boolean isOf(Heartbeat heartbeat) {
    NodeVerdict verdict = last.get(heartbeat.nodeId());
    return verdict != null
        && verdict.incarnation() == heartbeat.incarnation()
        && verdict.sequence() == heartbeat.sequence()
        && verdict.load().equals(heartbeat.load());
  }

  @Override
  public void close() {
    from.close();
  }
}
