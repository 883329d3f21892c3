package io.tributary.pipeline.transcoding;

import io.tributary.contracts.event.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes a worker when a message says that a source is whole. What it says is not even read. */
public final class KafkaWakes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaWakes.class);
  private static final String GROUP = "media-pipeline";
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final String bootstrapServers;
  private final Runnable onWake;
  private final Thread thread = Thread.ofPlatform().name("wakes").unstarted(this::run);
  private final Object lock = new Object();
  private @Nullable KafkaConsumer<String, String> consumer;
  private boolean closed;

  /** Brokers that stay away are worth one line. Of the thread alone. */
  private boolean isNews = true;

  /** Wakes by {@code onWake}, once started. */
  public KafkaWakes(String bootstrapServers, Runnable onWake) {
    this.bootstrapServers = bootstrapServers;
    this.onWake = onWake;
  }

  /** Starts it; returns at once, whether Kafka is there or not. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (true) {
      try (KafkaConsumer<String, String> made = consumer()) {
        synchronized (lock) {
          if (closed) {
            return;
          }
          consumer = made;
        }
        isNews = true;
        made.subscribe(List.of(Topics.TRANSCODES.name()));
        while (true) {
          if (!made.poll(Duration.ofSeconds(30)).isEmpty()) {
            onWake.run();
          }
        }
      } catch (WakeupException | InterruptException _) {
        return;
      } catch (KafkaException e) {
        if (isNews) {
          LOG.warn(
              "event=wakes-failed cause=\"{}\"",
              Objects.requireNonNullElse(e.getCause(), e).toString());
        }
        isNews = false;
      }
      synchronized (lock) {
        consumer = null;
        try {
          lock.wait(PAUSE.toMillis());
        } catch (InterruptedException _) {
          return;
        }
        if (closed) {
          return;
        }
      }
    }
  }

  private KafkaConsumer<String, String> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.GROUP_ID_CONFIG,
            GROUP,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "latest",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            50,
            // The topic is somebody else's to create.
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.METADATA_MAX_AGE_CONFIG,
            10_000,
            ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            5_000),
        new StringDeserializer(),
        new StringDeserializer());
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
      if (consumer != null) {
        consumer.wakeup();
      }
    }
    try {
      thread.join(Duration.ofSeconds(3));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
