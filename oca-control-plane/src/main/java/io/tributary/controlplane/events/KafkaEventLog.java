package io.tributary.controlplane.events;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.event.Topics.Topic;
import io.tributary.settings.KafkaAccess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link EventLog} on Kafka. An event that is not taken within {@link #DELIVERY_MILLIS} is given
 * up: facts would be old news by then, and states are compared and said again.
 */
public final class KafkaEventLog implements EventLog, AutoCloseable {
  /** A call waits at most this long for the brokers' addresses; only while they are unknown. */
  private static final int BLOCK_MILLIS = 250;

  private static final int DELIVERY_MILLIS = 10_000;
  private static final int REQUEST_MILLIS = 3_000;
  private static final long BUFFER_BYTES = 8L * 1024 * 1024;
  private static final long LOG_EVERY_MILLIS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);

  private final KafkaAccess kafka;
  private final String region;
  private final InstantSource clock;
  private final JsonMapper json;
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong loggedAtMillis = new AtomicLong();
  private @Nullable CompletableFuture<KafkaProducer<String, byte[]>> producer;
  private boolean closed;

  public KafkaEventLog(KafkaAccess kafka, String region, InstantSource clock, JsonMapper json) {
    this.kafka = kafka;
    this.region = region;
    this.clock = clock;
    this.json = json;
  }

  @Override
  public void publish(Topic topic, String key, String type, Object data) {
    var event =
        new Event<>(
            UUID.randomUUID().toString(),
            clock.instant(),
            type,
            1,
            region,
            null,
            null,
            null,
            Cohort.REAL,
            data);
    byte[] value = json.writeValueAsBytes(event);
    if (value.length > Topics.MAX_VALUE_BYTES) {
      LOG.error("topic={} key={} event=too-large bytes={}", topic.name(), key, value.length);
      return;
    }
    send(topic, key, value);
  }

  @Override
  public void end(Topic topic, String key) {
    send(topic, key, null);
  }

  /** How many events were given up since the start. */
  public long lost() {
    return lost.get();
  }

  private void send(Topic topic, String key, byte @Nullable [] value) {
    try {
      // Its failure is the callback's to see.
      var _ =
          producer()
              .send(
                  new ProducerRecord<>(topic.name(), key, value),
                  (metadata, failure) -> {
                    if (failure != null) {
                      note(topic, failure);
                    }
                  });
    } catch (KafkaException | IllegalStateException e) {
      note(topic, e);
    }
  }

  private void note(Topic topic, Exception failure) {
    long count = lost.incrementAndGet();
    long now = clock.millis();
    long before = loggedAtMillis.get();
    if (now - before > LOG_EVERY_MILLIS && loggedAtMillis.compareAndSet(before, now)) {
      LOG.warn(
          "topic={} event=not-published lost={} cause=\"{}\"",
          topic.name(),
          count,
          failure.toString());
    }
  }

  /**
   * Made at first use, beside the caller: its constructor asks for the brokers' names, which may
   * take a resolver's time, and fails while there is no answer.
   */
  private KafkaProducer<String, byte[]> producer() {
    CompletableFuture<KafkaProducer<String, byte[]>> current;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      if (producer == null || producer.isCompletedExceptionally()) {
        producer = CompletableFuture.supplyAsync(this::connect, Thread::startVirtualThread);
      }
      current = producer;
    }
    try {
      return current.get(BLOCK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer yet where the brokers are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private KafkaProducer<String, byte[]> connect() {
    Map<String, Object> settings =
        kafka.with(
            Map.ofEntries(
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES),
                Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * Topics.MAX_VALUE_BYTES),
                Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500)));
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Sends what is waiting, for at most two seconds. */
  @Override
  public synchronized void close() {
    closed = true;
    if (producer != null) {
      var _ = producer.thenAccept(made -> made.close(Duration.ofSeconds(2)));
    }
  }
}
