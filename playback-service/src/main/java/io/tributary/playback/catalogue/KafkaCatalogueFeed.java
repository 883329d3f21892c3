package io.tributary.playback.catalogue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PackagePlaced;
import io.tributary.contracts.event.PackagePublished;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import io.tributary.settings.KafkaAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
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
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the state topics of packages and placements, whole and from the beginning, on a thread of
 * its own, into {@link CatalogueFacts}.
 *
 * <p>A fact that cannot be used now (the store or the object store is away) waits and is tried
 * again, its successor for the same key takes its place; one that is wrong is counted and set
 * aside. With Kafka down or its topics missing it tries on for ever.
 */
public final class KafkaCatalogueFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaCatalogueFeed.class);
  private static final TypeReference<Event<PackagePublished>> PUBLISHED = new TypeReference<>() {};
  private static final TypeReference<Event<PackagePlaced>> PLACED = new TypeReference<>() {};
  private static final List<String> TOPICS =
      List.of(Topics.PACKAGES.name(), Topics.PLACEMENTS.name());

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(30);

  /** With so many waiting, something is away, and reading on would only fill memory. */
  private static final int MAX_WAITING = 10_000;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final CatalogueFacts facts;
  private final JsonMapper json;
  private final Counter setAside;
  private final Counter applied;
  private final Thread thread;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, ConsumerRecord<byte[], byte[]>> waiting = new LinkedHashMap<>();
  private volatile @Nullable Consumer<byte[], byte[]> consumer;

  /** Brokers that stay away are worth one line. Of the feed's thread. */
  private boolean isKafkaNews = true;

  /** Reads the topics of these brokers, once {@link #start}ed. */
  public KafkaCatalogueFeed(
      KafkaAccess kafka, CatalogueFacts facts, JsonMapper json, MeterRegistry metrics) {
    this(() -> connect(kafka), facts, json, metrics);
  }

  KafkaCatalogueFeed(
      Supplier<Consumer<byte[], byte[]>> consumers,
      CatalogueFacts facts,
      JsonMapper json,
      MeterRegistry metrics) {
    this.consumers = consumers;
    this.facts = facts;
    this.json = json;
    this.setAside =
        Counter.builder("tributary.playback.catalogue.facts")
            .tag("outcome", "set-aside")
            .register(metrics);
    this.applied =
        Counter.builder("tributary.playback.catalogue.facts")
            .tag("outcome", "applied")
            .register(metrics);
    this.thread = Thread.ofPlatform().daemon().name("catalogue-feed").unstarted(this::run);
  }

  /** Begins to read. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.set(true);
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    thread.interrupt();
  }

  void run() {
    while (!closed.get()) {
      try (Consumer<byte[], byte[]> made = consumers.get()) {
        consumer = made;
        read(made);
      } catch (WakeupException | InterruptException _) {
        // Closed; the loop's condition ends it.
      } catch (KafkaException failure) {
        if (isKafkaNews) {
          LOG.warn(
              "event=catalogue-feed-broken cause=\"{}\"",
              Objects.requireNonNullElse(failure.getCause(), failure).toString());
          isKafkaNews = false;
        }
        pause();
      } catch (RuntimeException bug) {
        // A feed that ended in silence would leave this replica with an old catalogue for ever.
        LOG.error("event=catalogue-feed-failed, it begins again", bug);
        pause();
      }
    }
  }

  private static Consumer<byte[], byte[]> connect(KafkaAccess kafka) {
    return new KafkaConsumer<>(
        kafka.with(
            Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000,
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                2_000,
                // A topic that the control plane makes later is found within this time.
                CommonClientConfigs.METADATA_MAX_AGE_CONFIG,
                10_000)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void read(Consumer<byte[], byte[]> source) {
    Set<TopicPartition> assigned = new HashSet<>();
    Instant nextLook = Instant.MIN;
    Instant nextRetry = Instant.MIN;
    while (!closed.get()) {
      Instant now = Instant.now();
      if (now.isAfter(nextLook)) {
        boolean found = assign(source, assigned);
        nextLook = now.plus(found ? LOOK_FOR_PARTITIONS : PAUSE);
      }
      if (assigned.isEmpty()) {
        pause();
      } else if (waiting.size() < MAX_WAITING) {
        source.poll(POLL).forEach(this::apply);
      } else {
        pause();
      }
      if (!waiting.isEmpty() && now.isAfter(nextRetry)) {
        List.copyOf(waiting.values()).forEach(this::apply);
        nextRetry = Instant.now().plus(PAUSE);
      }
    }
  }

  /** Adds partitions that are new, read from their beginning; false while a topic is missing. */
  private boolean assign(Consumer<byte[], byte[]> source, Set<TopicPartition> assigned) {
    Set<TopicPartition> all = new HashSet<>(assigned);
    boolean complete = true;
    for (String topic : TOPICS) {
      List<PartitionInfo> partitions = source.partitionsFor(topic);
      complete &= !partitions.isEmpty();
      partitions.forEach(info -> all.add(new TopicPartition(info.topic(), info.partition())));
    }
    isKafkaNews = true;
    Set<TopicPartition> added = new HashSet<>(all);
    added.removeAll(assigned);
    if (!added.isEmpty()) {
      source.assign(all);
      source.seekToBeginning(added);
      assigned.addAll(added);
      LOG.info("event=catalogue-feed-reads partitions={}", all.size());
    }
    return complete;
  }

  private void apply(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    String place = record.topic() + "/" + key;
    try {
      use(record, key);
      applied.increment();
      waiting.remove(place);
    } catch (PoisonException
        | JacksonException
        | IllegalArgumentException
        | NullPointerException poison) {
      setAside.increment();
      waiting.remove(place);
      LOG.error(
          "fact={} offset={} event=set-aside cause=\"{}\"",
          place,
          record.offset(),
          poison.getMessage());
    } catch (IOException | RuntimeException notNow) {
      if (waiting.put(place, record) == null) {
        LOG.info("fact={} event=waits cause=\"{}\"", place, notNow.toString());
      }
    }
  }

  private void use(ConsumerRecord<byte[], byte[]> record, String key) throws IOException {
    Instant toldAt = Instant.ofEpochMilli(record.timestamp());
    boolean isPlacement = record.topic().equals(Topics.PLACEMENTS.name());
    if (record.value() == null) {
      // A package that is no more is not played once its placement ends; its row does no harm.
      if (isPlacement) {
        String[] ids = key.split("/", 2);
        facts.displaced(new PackageRef(ids[0], ids.length == 2 ? ids[1] : ""), toldAt);
      }
    } else if (isPlacement) {
      facts.placed(json.readValue(record.value(), PLACED).data(), toldAt);
    } else {
      Event<PackagePublished> event = json.readValue(record.value(), PUBLISHED);
      facts.published(event.data(), event.time());
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      closed.set(true);
    }
  }
}
