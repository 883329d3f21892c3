package io.tributary.steering.reports;

import io.tributary.contracts.event.Topics;
import io.tributary.settings.KafkaAccess;
import io.tributary.steering.snapshot.SetAsideRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows clients' reports on a thread of its own and keeps {@link ErrorReports} up to date: all
 * partitions, by assignment, from their end, because every replica ranks and what was reported
 * before says nothing of now. Nothing is saved. With Kafka down there soon are no penalties, and it
 * tries again for ever.
 */
public final class KafkaReportFeed {
  private static final Logger log = LoggerFactory.getLogger(KafkaReportFeed.class);

  /** A poll that finds nothing returns after this, so that old reports are forgotten in time. */
  private static final Duration POLL = Duration.ofMillis(200);

  /** How far penalties may be behind what was read; in a flood they are not made for each batch. */
  private static final Duration SETTLE = Duration.ofSeconds(1);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** For a broker's answer. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** How often it is looked whether the topic got more partitions. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  /** Reports of up to some 60 KiB: 30 MB in hand at the very worst. */
  private static final int MAX_POLL_RECORDS = 500;

  private final KafkaAccess kafka;
  private final ErrorReports reports;
  private final SetAsideRecords setAside;
  private final ReportReader reader;
  private final InstantSource clock;
  private final AtomicLong read = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("report-feed").unstarted(this::run);

  /** Feeds {@code reports}; what cannot be read goes to {@code setAside}. */
  public KafkaReportFeed(
      KafkaAccess kafka,
      ErrorReports reports,
      SetAsideRecords setAside,
      JsonMapper json,
      InstantSource clock) {
    this.kafka = kafka;
    this.reports = reports;
    this.setAside = setAside;
    this.reader = new ReportReader(json);
    this.clock = clock;
  }

  /** Begins to follow; call once. */
  public void start() {
    thread.start();
  }

  /** Stops following; waits a few seconds at most. */
  public void stop() throws InterruptedException {
    closing.countDown();
    thread.interrupt(); // it has nothing to save
    boolean ended = thread.join(Duration.ofSeconds(3));
    log.debug("reports=closed ended={}", ended);
  }

  /** How many records were read since the start, bad ones among them. */
  public long read() {
    return read.get();
  }

  private void run() {
    boolean failing = false;
    while (!isClosing()) {
      try (Connection connection = new Connection(new KafkaConsumer<>(settings()))) {
        Set<TopicPartition> partitions = partitions(connection.consumer());
        if (failing) {
          log.info("reports=back");
        }
        failing = false;
        follow(partitions, connection.consumer());
      } catch (KafkaException e) {
        if (!failing && !isClosing()) {
          log.warn(
              "reports=away retryMillis={} reason=\"{}\"",
              RETRY.toMillis(),
              Objects.requireNonNullElse(e.getCause(), e).toString());
        }
        failing = true;
      } catch (RuntimeException e) {
        // A bug must not end the feed for good; without it nodes have no penalties.
        log.error("reports=failed retryMillis={}", RETRY.toMillis(), e);
      }
      reports.settle(clock.instant()); // what was said is forgotten in time with Kafka away too
      pause();
    }
  }

  /** Reads until the partitions are no longer the same or something fails. */
  private void follow(Set<TopicPartition> partitions, Consumer<String, @Nullable String> consumer) {
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(partition -> consumer.position(partition, ANSWER)); // seeking is lazy
    log.info("reports=followed partitions={}", partitions.size());
    Instant lookedAt = clock.instant();
    Instant settledAt = Instant.MIN;
    while (!isClosing()) {
      for (ConsumerRecord<String, @Nullable String> record : consumer.poll(POLL)) {
        take(record);
      }
      Instant now = clock.instant();
      if (!now.isBefore(settledAt.plus(SETTLE))) {
        reports.settle(now);
        settledAt = now;
      }
      if (Duration.between(lookedAt, now).compareTo(LOOK) >= 0) {
        if (!partitions.equals(partitions(consumer))) {
          return;
        }
        lookedAt = now;
      }
    }
  }

  private void take(ConsumerRecord<String, @Nullable String> record) {
    switch (reader.read(record.value())) {
      case ReportReader.Reading.Heard(Report report) -> reports.add(report, clock.instant());
      case ReportReader.Reading.Silent() -> {}
      case ReportReader.Reading.Unreadable(String reason) ->
          setAside.add(record.topic(), record.key(), reason);
    }
    read.incrementAndGet();
  }

  private static Set<TopicPartition> partitions(Consumer<String, @Nullable String> consumer) {
    Set<TopicPartition> found = new HashSet<>();
    for (PartitionInfo partition : consumer.partitionsFor(Topics.REPORTS.name(), ANSWER)) {
      found.add(new TopicPartition(partition.topic(), partition.partition()));
    }
    if (found.isEmpty()) {
      throw new KafkaException(
          "topic " + Topics.REPORTS.name() + " is not there (expected: the control plane's)");
    }
    return found;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      boolean closed = closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
      log.debug("reports=retry closing={}", closed);
    } catch (InterruptedException e) {
      log.debug("reports=interrupted"); // only stop() interrupts, and the loop sees it closing
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Whatever was missed is old.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) RETRY.toMillis());
    return kafka.with(settings);
  }

  /** Closes without waiting for a broker that is gone. */
  private record Connection(Consumer<String, @Nullable String> consumer) implements AutoCloseable {
    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(Duration.ofMillis(200)));
    }
  }
}
