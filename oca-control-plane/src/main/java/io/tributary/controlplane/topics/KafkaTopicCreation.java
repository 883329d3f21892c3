package io.tributary.controlplane.topics;

import io.tributary.contracts.event.Topics;
import io.tributary.contracts.event.Topics.Topic;
import io.tributary.settings.KafkaAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates every topic that is missing, in the background and for ever tried again, then ends.
 * Changes nothing that exists: partitions and retention of a running fleet are its operator's.
 */
public final class KafkaTopicCreation implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTopicCreation.class);

  private final KafkaAccess kafka;
  private final int replicationFactor;
  private final Thread thread;

  /**
   * Does nothing yet.
   *
   * @param replicationFactor of topics that are created, 1 to 5
   */
  public KafkaTopicCreation(KafkaAccess kafka, int replicationFactor) {
    this.kafka = kafka;
    this.replicationFactor = replicationFactor;
    this.thread = Thread.ofPlatform().daemon().name("topic-creation").unstarted(this::run);
  }

  /** Starts in the background; at most once. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Admin admin = open()) {
        while (!createMissing(admin)) {
          Thread.sleep(RETRY);
        }
        return;
      } catch (KafkaException e) {
        // The brokers' names cannot be resolved yet.
        LOG.debug("event=topics-retry cause=\"{}\"", e.toString());
      } catch (InterruptedException _) {
        return;
      }
      try {
        Thread.sleep(RETRY);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private Admin open() {
    return Admin.create(
        kafka.with(
            Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500)));
  }

  /** Whether all topics exist now. */
  private boolean createMissing(Admin admin) throws InterruptedException {
    try {
      Set<String> present = admin.listTopics().names().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
      List<NewTopic> missing =
          Topics.ALL.stream()
              .filter(topic -> !present.contains(topic.name()))
              .map(this::request)
              .toList();
      for (var creation : admin.createTopics(missing).values().entrySet()) {
        try {
          creation.getValue().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
          LOG.info("topic={} event=created", creation.getKey());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
      return true;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.debug("event=topics-retry cause=\"{}\"", e.toString());
      return false;
    }
  }

  private NewTopic request(Topic topic) {
    Map<String, String> settings =
        topic.isState()
            ? Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                // Small segments, so that what was overwritten is soon gone and restarts read
                // little.
                TopicConfig.SEGMENT_BYTES_CONFIG,
                String.valueOf(16 * 1024 * 1024))
            : Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                String.valueOf(Duration.ofHours(topic.retentionHours()).toMillis()));
    return new NewTopic(topic.name(), topic.partitions(), (short) replicationFactor)
        .configs(settings);
  }
}
