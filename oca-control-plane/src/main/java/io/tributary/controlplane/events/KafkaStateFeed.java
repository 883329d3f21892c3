package io.tributary.controlplane.events;

import io.tributary.contracts.event.Event;
import io.tributary.settings.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads all of some state topics, from their beginning and for ever, into their {@link
 * StateTable}s: one thread, one consumer, no group. A record that cannot be read is set aside with
 * a log line; the key's last good value goes on.
 */
public final class KafkaStateFeed implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ASK = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(KafkaStateFeed.class);

  private final KafkaAccess kafka;
  private final Map<String, StateTable<?>> tables = new HashMap<>();
  private final JsonMapper json;
  private final Thread thread;
  private volatile boolean running = true;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

  public KafkaStateFeed(KafkaAccess kafka, List<StateTable<?>> tables, JsonMapper json) {
    this.kafka = kafka;
    tables.forEach(table -> this.tables.put(table.topic().name(), table));
    this.json = json;
    this.thread = Thread.ofPlatform().daemon().name("state-feed").unstarted(this::run);
  }

  /** Starts reading in the background; at most once. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    running = false;
    KafkaConsumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    thread.interrupt();
  }

  private void run() {
    while (running) {
      try (KafkaConsumer<byte[], byte[]> fresh = open()) {
        consumer = fresh;
        read(fresh);
      } catch (WakeupException | InterruptException e) {
        if (running) {
          LOG.debug("event=state-feed-interrupted", e);
        }
      } catch (KafkaException e) {
        LOG.debug("event=state-feed-retries cause=\"{}\"", e.toString());
        pause();
      }
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> from) {
    List<TopicPartition> partitions = partitions(from);
    if (partitions.isEmpty()) {
      pause();
      return;
    }
    from.assign(partitions);
    from.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = from.endOffsets(partitions, ASK);
    Set<String> behind = new HashSet<>(tables.keySet());
    LOG.info("event=state-feed-started partitions={}", partitions.size());
    while (running) {
      for (ConsumerRecord<byte[], byte[]> message : from.poll(POLL)) {
        take(message);
      }
      if (!behind.isEmpty()) {
        for (StateTable<?> table : tables.values()) {
          boolean isRead =
              partitions.stream()
                  .filter(partition -> partition.topic().equals(table.topic().name()))
                  .allMatch(partition ->
                      from.position(partition, ASK) >= ends.getOrDefault(partition, 0L));
          if (isRead && behind.remove(table.topic().name())) {
            table.complete();
          }
        }
      }
    }
  }

  /** Every partition of every topic; empty while one of the topics does not exist. */
  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> from) {
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : tables.keySet()) {
      @Nullable List<PartitionInfo> found = from.partitionsFor(topic, ASK);
      if (found == null || found.isEmpty()) {
        return List.of();
      }
      found.forEach(info -> all.add(new TopicPartition(topic, info.partition())));
    }
    return all;
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    @Nullable StateTable<?> table = tables.get(message.topic());
    if (table == null || message.key() == null) {
      return;
    }
    String key = new String(message.key(), StandardCharsets.UTF_8);
    try {
      takeInto(table, key, message.value());
    } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
      LOG.warn(
          "topic={} key={} partition={} offset={} event=set-aside cause=\"{}\"",
          message.topic(),
          key,
          message.partition(),
          message.offset(),
          e.toString());
    }
  }

  private <T> void takeInto(StateTable<T> table, String key, byte @Nullable [] value) {
    if (value == null) {
      table.accept(key, null);
      return;
    }
    JavaType type = json.getTypeFactory().constructParametricType(Event.class, table.type());
    table.accept(key, json.<Event<T>>readValue(value, type));
  }

  private KafkaConsumer<byte[], byte[]> open() {
    Map<String, Object> settings =
        kafka.with(
            Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                4 * 1024 * 1024,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500));
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      running = false;
    }
  }
}
