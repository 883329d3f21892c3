package io.tributary.steering.explain;

import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.Topics;
import io.tributary.settings.KafkaAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds records in Kafka: from when the decision was made, as its id says, to a little later. Safe
 * for use by many threads; each search has a connection of its own.
 */
public final class KafkaDecisionArchive {
  /** Clocks of brokers and replicas differ. */
  private static final Duration BEFORE = Duration.ofSeconds(5);

  /** A record waits in a queue, and for a broker, for so long at most. */
  private static final Duration AFTER = Duration.ofSeconds(30);

  /** For the whole search. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final Duration POLL = Duration.ofMillis(200);
  private static final TypeReference<Event<DecisionRecord>> RECORD = new TypeReference<>() {};

  private final KafkaAccess kafka;
  private final JsonMapper json;

  /** Searches by {@code kafka}. */
  public KafkaDecisionArchive(KafkaAccess kafka, JsonMapper json) {
    this.kafka = kafka;
    this.json = json;
  }

  /** Finds a decision's record. Takes seconds at worst, and blocks. */
  public FoundDecision find(String decisionId) {
    Optional<Instant> madeAt = DecisionIds.madeAt(decisionId);
    if (madeAt.isEmpty()) {
      return new FoundDecision.Nothing();
    }
    try (Search search = new Search(new KafkaConsumer<>(settings()))) {
      return search
          .find(decisionId, madeAt.get())
          .<FoundDecision>map(FoundDecision.Kept::new)
          .orElseGet(FoundDecision.Nothing::new);
    } catch (KafkaException e) {
      return new FoundDecision.Away(e.toString());
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return kafka.with(settings);
  }

  /** One search, and its connection. */
  private final class Search implements AutoCloseable {
    private final Consumer<String, byte[]> consumer;
    private final long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();

    Search(Consumer<String, byte[]> consumer) {
      this.consumer = consumer;
    }

    Optional<DecisionRecord> find(String decisionId, Instant madeAt) {
      List<PartitionInfo> known = consumer.partitionsFor(Topics.DECISIONS.name(), PATIENCE);
      Map<TopicPartition, Long> from = new HashMap<>();
      for (PartitionInfo partition : known) {
        from.put(
            new TopicPartition(partition.topic(), partition.partition()),
            madeAt.minus(BEFORE).toEpochMilli());
      }
      Map<TopicPartition, @Nullable OffsetAndTimestamp> starts =
          new HashMap<>(consumer.offsetsForTimes(from, PATIENCE));
      starts.values().removeIf(start -> start == null); // nothing is that new
      if (starts.isEmpty()) {
        return Optional.empty();
      }
      consumer.assign(starts.keySet());
      starts.forEach((partition, start) -> {
        if (start != null) {
          consumer.seek(partition, start.offset());
        }
      });
      Map<TopicPartition, Long> ends = consumer.endOffsets(starts.keySet(), PATIENCE);
      long lastMillis = madeAt.plus(AFTER).toEpochMilli();
      while (!ends.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          if (decisionId.equals(record.key())) {
            return read(record.value());
          }
          if (record.timestamp() > lastMillis) {
            ends.remove(new TopicPartition(record.topic(), record.partition()));
          }
        }
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
      return Optional.empty();
    }

    /** What is no record of ours explains nothing. */
    private Optional<DecisionRecord> read(byte[] value) {
      try {
        return Optional.ofNullable(json.readValue(value, RECORD).data());
      } catch (JacksonException e) {
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(Duration.ofMillis(200)));
    }
  }
}
