package io.tributary.playback.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.contracts.context.RequestContext;
import io.tributary.contracts.event.AdminActed;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PlayRenewed;
import io.tributary.contracts.event.PlayReported;
import io.tributary.contracts.event.PlayStarted;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.event.Topics.Topic;
import io.tributary.settings.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events to Kafka by one thread of its own, since a producer may block while the brokers are away.
 * Between requests and that thread is a bounded queue; what does not fit or cannot be delivered in
 * time is counted and lost.
 */
public final class KafkaEvents implements Events, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaEvents.class);

  /** Some seconds of a busy replica's plays; 10 MiB beside the reports. */
  private static final int MAX_WAITING = 10_000;

  /** Of which clients' reports, so that a flood of them takes no other event's place. */
  private static final int MAX_WAITING_REPORTS = MAX_WAITING / 2;

  /** A report has up to some 60 KiB, and clients choose how much they send. */
  private static final long MAX_WAITING_REPORT_BYTES = 8L * 1024 * 1024;

  private static final int DELIVERY_TIMEOUT_MILLIS = 30_000;
  private static final int MAX_BLOCK_MILLIS = 2_000;
  private static final int CLOSE_MILLIS = 2_000;

  private final Map<String, Object> settings;
  private final JsonMapper json;
  private final InstantSource time;
  private final Counter lost;

  /** Apart from the others: whoever floods with reports must not make an operator's alert. */
  private final Counter lostReports;

  private final BlockingQueue<ProducerRecord<byte[], byte[]>> queue =
      new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong waitingReports = new AtomicLong();
  private final AtomicLong waitingReportBytes = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  /** Brokers whose names stay unknown are worth one line. Of the thread alone. */
  private boolean isNews = true;

  public KafkaEvents(
      KafkaAccess kafka, JsonMapper json, InstantSource time, MeterRegistry metrics) {
    this.settings =
        kafka.with(
            Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                DELIVERY_TIMEOUT_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                MAX_BLOCK_MILLIS,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                8L * 1024 * 1024,
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                2_000));
    this.json = json;
    this.time = time;
    this.lost = Counter.builder("tributary.playback.events.lost").register(metrics);
    this.lostReports = Counter.builder("tributary.playback.reports.lost").register(metrics);
    this.thread = Thread.ofPlatform().daemon().name("play-events").unstarted(this::run);
  }

  /** Begins to send. */
  public void start() {
    thread.start();
  }

  @Override
  public void playStarted(PlayStarted event, String decisionId, RequestContext context) {
    offer(
        Topics.PLAYS,
        event.playbackId(),
        // A repeated request tells it again, under the same id.
        envelope(
            PlayStarted.TYPE + "-" + event.playbackId(),
            PlayStarted.TYPE,
            event,
            event.playbackId(),
            decisionId,
            context));
  }

  @Override
  public void playRenewed(PlayRenewed event, String decisionId, RequestContext context) {
    offer(
        Topics.PLAYS,
        event.playbackId(),
        envelope(newId(), PlayRenewed.TYPE, event, event.playbackId(), decisionId, context));
  }

  @Override
  public void playReported(PlayReported event, RequestContext context) {
    ProducerRecord<byte[], byte[]> record =
        record(
            Topics.REPORTS,
            event.playbackId(),
            envelope(newId(), PlayReported.TYPE, event, event.playbackId(), null, context));
    // Two threads may pass at once and overshoot by a report each; a bound need not be sharper.
    if (waitingReports.get() >= MAX_WAITING_REPORTS
        || waitingReportBytes.get() + record.value().length > MAX_WAITING_REPORT_BYTES) {
      lostReports.increment();
      return;
    }
    countReport(record, 1);
    if (!queue.offer(record)) {
      countReport(record, -1);
      lostReports.increment();
    }
  }

  @Override
  public void adminActed(AdminActed event, RequestContext context) {
    offer(
        Topics.AUDIT,
        event.actor(),
        envelope(newId(), AdminActed.TYPE, event, null, null, context));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private <T> Event<T> envelope(
      String id,
      String type,
      T data,
      @Nullable String playbackId,
      @Nullable String decisionId,
      RequestContext context) {
    return new Event<>(
        id,
        time.instant(),
        type,
        1,
        context.region(),
        context.traceId(),
        playbackId,
        decisionId,
        context.cohort(),
        data);
  }

  private void offer(Topic topic, String key, Event<?> event) {
    if (!queue.offer(record(topic, key, event))) {
      lost.increment();
    }
  }

  private ProducerRecord<byte[], byte[]> record(Topic topic, String key, Event<?> event) {
    return new ProducerRecord<>(
        topic.name(), key.getBytes(StandardCharsets.UTF_8), json.writeValueAsBytes(event));
  }

  private static boolean isReport(ProducerRecord<byte[], byte[]> record) {
    return record.topic().equals(Topics.REPORTS.name());
  }

  private void countReport(ProducerRecord<byte[], byte[]> record, int sign) {
    waitingReports.addAndGet(sign);
    waitingReportBytes.addAndGet((long) sign * record.value().length);
  }

  private void run() {
    while (!closed) {
      try (Producer<byte[], byte[]> producer =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
        isNews = true;
        while (!closed) {
          ProducerRecord<byte[], byte[]> next = queue.take();
          if (isReport(next)) {
            countReport(next, -1);
          }
          send(producer, next);
        }
      } catch (InterruptedException | InterruptException _) {
        // Closed; the loop's condition ends it.
      } catch (KafkaException failure) {
        if (isNews) {
          LOG.warn(
              "event=producer-broken cause=\"{}\"",
              Objects.requireNonNullElse(failure.getCause(), failure).toString());
        }
        isNews = false;
        pause();
      }
    }
  }

  private void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    var _ =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure != null) {
                (isReport(record) ? lostReports : lost).increment();
              }
            });
  }

  private void pause() {
    try {
      Thread.sleep(MAX_BLOCK_MILLIS);
    } catch (InterruptedException _) {
      closed = true;
    }
  }
}
