package io.tributary.steering.explain;

import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.Topics;
import io.tributary.settings.KafkaAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
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
 * Writes decision records to Kafka from a thread of its own. What does not fit in the queue, comes
 * faster than the rate, or finds no broker in time is counted and lost: a record explains, nothing
 * is decided from it.
 */
public final class KafkaDecisionLog implements DecisionSink {
  private static final Logger log = LoggerFactory.getLogger(KafkaDecisionLog.class);

  /** How long the writing thread waits for a broker that is away, once a record. */
  private static final int MAX_BLOCK_MILLIS = 1_000;

  private static final int DELIVERY_MILLIS = 10_000;

  /** Of records on their way; beyond it the writing thread waits and the queue fills. */
  private static final long BUFFER_BYTES = 8L * 1024 * 1024;

  /**
   * Running plays ask every few seconds and are mostly told the same again: they must not push out
   * the records of those that begin or move.
   */
  private static final int UNCHANGED_PART = 10;

  /** Records gather for so long: those written one after another take half the time. */
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KafkaAccess kafka;
  private final String region;
  private final JsonMapper json;
  private final RecordRate rate;
  private final RecordRate unchangedRate;
  private final BlockingQueue<Decision> queue;
  private final AtomicLong sampledOut = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("decision-log").unstarted(this::run);
  private volatile boolean closing;

  /** Brokers whose names stay unknown are worth one line. Of the thread alone. */
  private boolean isNews = true;

  /**
   * Makes a log that writes nothing before {@link #start}.
   *
   * @param kafka the way to it
   * @param region told in every envelope
   */
  public KafkaDecisionLog(
      DecisionLogConfig config, KafkaAccess kafka, String region, JsonMapper json) {
    this.kafka = kafka;
    this.region = region;
    this.json = json;
    this.rate = new RecordRate(config.maxRecordsPerSecond());
    this.unchangedRate = new RecordRate(Math.max(1, config.maxRecordsPerSecond() / UNCHANGED_PART));
    this.queue = new ArrayBlockingQueue<>(config.queuedRecords());
  }

  /** Begins to write; call once. */
  public void start() {
    thread.start();
  }

  @Override
  public void decided(Decision decision) {
    RecordRate applied = decision.changesNothing() ? unchangedRate : rate;
    if (!applied.passes(decision.at())) {
      sampledOut.incrementAndGet();
    } else if (!queue.offer(decision)) {
      dropped.incrementAndGet();
    }
  }

  /** Records that Kafka acknowledged. */
  public long written() {
    return written.get();
  }

  /** Records left out because decisions came faster than the rate. */
  public long sampledOut() {
    return sampledOut.get();
  }

  /** Records left out because the queue was full. */
  public long dropped() {
    return dropped.get();
  }

  /** Records that Kafka did not take in time, or that were too large. */
  public long failed() {
    return failed.get();
  }

  /** Writes what waits, for a moment at most, and ends. */
  public void stop() throws InterruptedException {
    closing = true;
    if (!thread.join(Duration.ofMillis(300))) {
      thread.interrupt();
      boolean ended = thread.join(Duration.ofSeconds(2));
      log.debug("decision-log=closed ended={}", ended);
    }
  }

  private void run() {
    Producer<String, byte[]> producer = null;
    try {
      while (!closing || (producer != null && !queue.isEmpty())) {
        Decision decision = queue.poll();
        if (decision == null) {
          TimeUnit.MILLISECONDS.sleep(GATHER.toMillis());
          continue;
        }
        if (producer == null) {
          producer = connect();
        }
        if (producer == null) {
          failed.incrementAndGet();
          TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
        } else {
          write(producer, decision);
        }
      }
    } catch (InterruptedException e) {
      log.debug("decision-log=interrupted"); // only stop() interrupts
    } finally {
      if (producer != null) {
        boolean interrupted = Thread.interrupted(); // it would keep the producer from closing
        log.debug("decision-log=closing interrupted={}", interrupted);
        producer.close(Duration.ofMillis(500));
      }
    }
  }

  private void write(Producer<String, byte[]> producer, Decision decision) {
    try {
      DecisionRecord record = decision.record().get();
      byte[] value =
          json.writeValueAsBytes(
              new Event<>(
                  record.decisionId(),
                  decision.at(),
                  DecisionRecord.TYPE,
                  1,
                  region,
                  decision.traceId(),
                  record.playbackId(),
                  record.decisionId(),
                  decision.cohort(),
                  record));
      if (value.length > Topics.MAX_VALUE_BYTES) {
        failed.incrementAndGet();
        return;
      }
      var _ =
          producer.send(
              new ProducerRecord<>(Topics.DECISIONS.name(), record.decisionId(), value),
              (metadata, failure) -> count(failure));
    } catch (RuntimeException e) {
      // Whatever it is, the next record may do better, and this thread must go on.
      count(e);
    }
  }

  private void count(@Nullable Exception failure) {
    if (failure == null) {
      written.incrementAndGet();
    } else if (failed.getAndIncrement() % 1_000 == 0) {
      log.warn("decision-log=lost lost={} reason=\"{}\"", failed.get(), failure.toString());
    }
  }

  private @Nullable Producer<String, byte[]> connect() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) RETRY.toMillis());
    try {
      return new KafkaProducer<>(kafka.with(settings));
    } catch (KafkaException e) {
      if (isNews) {
        log.warn(
            "decision-log=away reason=\"{}\"",
            Objects.requireNonNullElse(e.getCause(), e).toString());
      }
      isNews = false;
      return null;
    }
  }
}
