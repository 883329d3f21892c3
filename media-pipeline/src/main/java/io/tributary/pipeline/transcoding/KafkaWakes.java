package io.tributary.pipeline.transcoding;

import io.tributary.contracts.event.Topics;
import io.tributary.settings.KafkaAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a worker when a message says that a source is whole. What it says is not even read.
 *
 * <p>One message is taken at a time, and confirmed once the worker is idle again: so the group's
 * lag is what waits and what is at work, by which workers are scaled, and the message of a worker
 * that died wakes another one.
 */
public final class KafkaWakes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaWakes.class);
  private static final String GROUP = "media-pipeline";
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration IDLE_POLL = Duration.ofSeconds(30);

  /** Between looks at a busy worker; each also tells Kafka that this consumer lives. */
  private static final Duration BUSY_POLL = Duration.ofSeconds(1);

  private final Supplier<Consumer<String, String>> consumers;
  private final Runnable onWake;
  private final BooleanSupplier isIdle;
  private final Thread thread = Thread.ofPlatform().name("wakes").unstarted(this::run);
  private final Object lock = new Object();
  private @Nullable Consumer<String, String> consumer;
  private boolean closed;
  private volatile long waiting;

  /** Brokers that stay away are worth one line. Of the thread alone. */
  private boolean isNews = true;

  /**
   * Wakes by {@code onWake}, once started.
   *
   * @param isIdle whether the worker has looked since and is done
   */
  public KafkaWakes(KafkaAccess kafka, Runnable onWake, BooleanSupplier isIdle) {
    this(() -> consumer(kafka), onWake, isIdle);
  }

  KafkaWakes(
      Supplier<Consumer<String, String>> consumers, Runnable onWake, BooleanSupplier isIdle) {
    this.consumers = consumers;
    this.onWake = onWake;
    this.isIdle = isIdle;
  }

  /** Starts it; returns at once, whether Kafka is there or not. */
  public void start() {
    thread.start();
  }

  /**
   * Messages, of the partitions that this worker looks after, that wait for it to be done: a lag
   * without the source that is at work. As of a second ago.
   */
  public long waiting() {
    return waiting;
  }

  private void run() {
    while (true) {
      try (Consumer<String, String> made = consumers.get()) {
        synchronized (lock) {
          if (closed) {
            return;
          }
          consumer = made;
        }
        isNews = true;
        made.subscribe(List.of(Topics.TRANSCODES.name()));
        while (true) {
          turn(made);
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

  /** One poll, at an idle worker's pace or a busy one's. */
  void turn(Consumer<String, String> made) {
    if (!isIdle.getAsBoolean()) {
      // Those of a rebalance too.
      made.pause(made.assignment());
      wakeIfAny(made.poll(BUSY_POLL));
      waiting = behind(made);
      return;
    }
    waiting = 0;
    confirm(made);
    made.resume(made.paused());
    wakeIfAny(made.poll(IDLE_POLL));
  }

  /** Asked for, since a paused partition is not told of what is new in it. */
  private static long behind(Consumer<String, String> made) {
    try {
      long behind = 0;
      for (Map.Entry<TopicPartition, Long> end :
          made.endOffsets(made.assignment(), BUSY_POLL).entrySet()) {
        behind += Math.max(0, end.getValue() - made.position(end.getKey(), BUSY_POLL));
      }
      return behind;
    } catch (TimeoutException _) {
      LOG.debug("event=lag-not-told");
      return 0;
    }
  }

  private void wakeIfAny(ConsumerRecords<String, String> messages) {
    if (!messages.isEmpty()) {
      onWake.run();
    }
  }

  /** Also where nothing came: a group that never confirmed anything has no lag to tell. */
  private static void confirm(Consumer<String, String> made) {
    try {
      made.commitSync();
    } catch (CommitFailedException | RebalanceInProgressException _) {
      // The partition is another's, who will be woken by the message again, or it is confirmed next
      // time.
      LOG.debug("event=not-confirmed");
    }
  }

  private static Consumer<String, String> consumer(KafkaAccess kafka) {
    return new KafkaConsumer<>(
        kafka.with(
            Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                GROUP,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "latest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1,
                // The topic is somebody else's to create.
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                10_000,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                5_000)),
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
