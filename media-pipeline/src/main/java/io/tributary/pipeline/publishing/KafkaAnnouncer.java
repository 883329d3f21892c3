package io.tributary.pipeline.publishing;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PackagePublished;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.event.TranscodeRequested;
import io.tributary.pipeline.ingest.IngestRecord;
import io.tributary.settings.KafkaAccess;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Writes to Kafka, where every message waits for all replicas. Safe for use by many threads. */
public final class KafkaAnnouncer implements Announcer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAnnouncer.class);

  /** After it a message counts as lost; the job's record tries again. */
  private static final Duration DELIVERY = Duration.ofSeconds(10);

  /** Nobody's request waits longer because Kafka is away. */
  private static final Duration MAX_BLOCK = Duration.ofSeconds(2);

  private final KafkaAccess kafka;
  private final JsonMapper json;
  private final InstantSource clock;
  private final String region;
  private @Nullable Producer<String, String> producer;
  private boolean closed;

  /** Connects at the first message. */
  public KafkaAnnouncer(KafkaAccess kafka, JsonMapper json, InstantSource clock, String region) {
    this.kafka = kafka;
    this.json = json;
    this.clock = clock;
    this.region = region;
  }

  @Override
  public void announce(Event<PackagePublished> event) throws IOException, InterruptedException {
    try {
      producer()
          .send(
              new ProducerRecord<>(
                  Topics.PACKAGES.name(),
                  event.data().ref().path(),
                  json.writeValueAsString(event)))
          .get(DELIVERY.plus(MAX_BLOCK).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new IOException("Kafka did not take the announcement: " + e.getMessage(), e);
    }
  }

  /** Wakes a worker, perhaps: whoever misses this finds the job by looking. */
  public void wake(IngestRecord queued) {
    Event<TranscodeRequested> event =
        new Event<>(
            "transcode-" + queued.ingestId(),
            clock.instant(),
            TranscodeRequested.TYPE,
            1,
            region,
            null,
            null,
            null,
            Cohort.REAL,
            new TranscodeRequested(queued.ingestId(), queued.titleId()));
    // Beside the request: it must not wait for Kafka.
    Thread.ofVirtual()
        .start(() -> {
          try {
            var _ =
                producer()
                    .send(
                        new ProducerRecord<>(
                            Topics.TRANSCODES.name(),
                            queued.titleId(),
                            json.writeValueAsString(event)),
                        (_, failure) -> {
                          if (failure != null) {
                            LOG.debug("ingest={} event=wake-lost", queued.ingestId(), failure);
                          }
                        });
          } catch (KafkaException e) {
            LOG.debug("ingest={} event=wake-lost", queued.ingestId(), e);
          }
        });
  }

  /** Made at first use: its constructor fails while no broker's name can be resolved. */
  private synchronized Producer<String, String> producer() {
    if (closed) {
      throw new KafkaException("closed");
    }
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              kafka.with(
                  Map.of(
                      ProducerConfig.ACKS_CONFIG,
                      "all",
                      ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                      true,
                      ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                      (int) DELIVERY.toMillis(),
                      ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                      5_000,
                      ProducerConfig.MAX_BLOCK_MS_CONFIG,
                      MAX_BLOCK.toMillis(),
                      // Few and small messages.
                      ProducerConfig.BUFFER_MEMORY_CONFIG,
                      4L * 1024 * 1024)),
              new StringSerializer(),
              new StringSerializer());
    }
    return producer;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (producer != null) {
      producer.close(Duration.ofSeconds(2));
    }
  }
}
