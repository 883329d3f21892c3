package io.tributary.steering.snapshot;

import io.tributary.settings.KafkaAccess;
import io.tributary.steering.snapshot.SnapshotFollower.StateRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the state topics on a thread of its own and keeps {@link Fleet} and the disk up to date:
 * all partitions, by assignment, because every replica needs every fact and offsets belong to the
 * snapshot they led to. With Kafka down it waits and tries again for ever.
 */
public final class KafkaSnapshotFeed {
  private static final Logger log = LoggerFactory.getLogger(KafkaSnapshotFeed.class);

  /** A poll that finds nothing returns after this, so that probes and saves keep their times. */
  private static final Duration POLL = Duration.ofMillis(100);

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** For a broker's answer. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Positions alone are worth a save this seldom: what lies between is only read once more. */
  private static final Duration POSITIONS_SAVE = Duration.ofSeconds(30);

  private final FeedConfig config;
  private final KafkaAccess kafka;
  private final Fleet fleet;
  private final SnapshotFollower follower;
  private final SnapshotStore store;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("snapshot-feed").unstarted(this::run);
  private long savedVersion;
  private Instant savedAt = Instant.EPOCH;

  /**
   * Loads the saved snapshot into the fleet at once; {@link #start} begins to follow.
   *
   * @param kafka the way to it
   * @param stateDirectory of this process alone
   */
  public KafkaSnapshotFeed(
      FeedConfig config,
      KafkaAccess kafka,
      Path stateDirectory,
      Fleet fleet,
      SetAsideRecords setAside,
      JsonMapper json,
      InstantSource clock) {
    this.config = config;
    this.kafka = kafka;
    this.fleet = fleet;
    this.clock = clock;
    this.store = new SnapshotStore(stateDirectory, json);
    SnapshotImage image =
        switch (store.load()) {
          case SnapshotStore.Found.Whole(SnapshotImage saved) -> saved;
          case SnapshotStore.Found.Nothing() -> null;
          case SnapshotStore.Found.Unreadable(String reason) -> {
            log.warn("snapshot=unreadable reason=\"{}\"", reason);
            setAside.add(SnapshotStore.FILE_NAME, null, reason);
            yield null;
          }
        };
    this.follower =
        new SnapshotFollower(fleet, new FactReader(json), setAside, config.settling(), image);
    if (image != null) {
      savedVersion = image.snapshotVersion();
      log.info(
          "snapshot=loaded version={} nodes={} holdings={} aliveAt={}",
          fleet.snapshot().version(),
          fleet.snapshot().nodeCount(),
          fleet.snapshot().holdings(),
          image.aliveAt());
    }
  }

  /** Begins to follow; call once. */
  public void start() {
    thread.start();
  }

  /** Stops following and saves the last snapshot; waits a few seconds at most. */
  public void stop() throws InterruptedException {
    closing.countDown();
    if (!thread.join(Duration.ofMillis(300))) {
      thread.interrupt(); // it waits for a broker that is gone
      boolean ended = thread.join(Duration.ofSeconds(3));
      log.debug("feed=closed ended={}", ended);
    }
  }

  private void run() {
    boolean failing = false;
    while (!isClosing()) {
      try (Connection connection = connect()) {
        Topology topology =
            topology(describe(connection.admin()).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
        if (failing) {
          log.info("feed=back");
        }
        failing = false;
        follow(topology, connection.admin(), connection.consumer());
      } catch (KafkaException | ExecutionException | TimeoutException e) {
        if (!failing) {
          log.warn(
              "feed=away retryMillis={} reason=\"{}\"",
              RETRY.toMillis(),
              Objects.requireNonNullElse(e.getCause(), e).toString());
        }
        failing = true;
      } catch (InterruptedException e) {
        break; // closing, and this thread ends here
      } catch (RuntimeException e) {
        // A bug must not end the feed for good: what is known goes on, and the log tells.
        log.error("feed=failed retryMillis={}", RETRY.toMillis(), e);
      }
      pause();
    }
    boolean interrupted = Thread.interrupted(); // an interrupted thread cannot write files
    log.debug("feed=closed interrupted={}", interrupted);
    save();
  }

  /** Reads until the topics are no longer the same or something fails. */
  private void follow(Topology topology, Admin admin, Consumer<String, @Nullable String> consumer)
      throws InterruptedException, ExecutionException, TimeoutException {
    topology.idsByTopic().forEach((topic, id) -> follower.recognise(topic, id, clock.instant()));
    consumer.assign(topology.partitions());
    for (TopicPartition partition : topology.partitions()) {
      OptionalLong next = follower.nextOffset(partition.topic(), partition.partition());
      if (next.isPresent()) {
        consumer.seek(partition, next.getAsLong());
      } else {
        consumer.seekToBeginning(Set.of(partition));
      }
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(topology.partitions(), ANSWER);
    for (TopicPartition partition : topology.partitions()) {
      OptionalLong next = follower.nextOffset(partition.topic(), partition.partition());
      if (next.isPresent() && next.getAsLong() > ends.getOrDefault(partition, 0L)) {
        readAgain(partition.topic(), "offset is beyond the end");
        return;
      }
    }
    follower.alive(clock.instant());
    KafkaFuture<Map<String, TopicDescription>> probe = describe(admin);
    Instant probedAt = clock.instant();
    while (!isClosing()) {
      try {
        List<StateRecord> batch = new ArrayList<>();
        for (var record : consumer.poll(POLL)) {
          batch.add(
              new StateRecord(
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  record.key(),
                  record.value()));
        }
        if (!batch.isEmpty()) {
          follower.apply(batch);
        }
      } catch (OffsetOutOfRangeException e) {
        Set<String> topics = new HashSet<>();
        e.offsetOutOfRangePartitions().keySet().forEach(at -> topics.add(at.topic()));
        topics.forEach(topic -> readAgain(topic, "offset is out of range"));
        return;
      }
      Instant now = clock.instant();
      for (String topic : SnapshotFollower.TOPICS) {
        if (follower.isBehind(topic) && isAtEnd(topic, ends, consumer)) {
          follower.endReached(topic, now);
          log.info(
              "feed=caught-up topic={} nodes={} holdings={}",
              topic,
              fleet.snapshot().nodeCount(),
              fleet.snapshot().holdings());
        }
      }
      follower.settle(now);
      saveWhenDue(now);
      if (probe.isDone()
          && Duration.between(probedAt, now).compareTo(config.probeInterval()) >= 0) {
        if (!topology.equals(topology(probe.get()))) {
          return;
        }
        probe = describe(admin);
        probedAt = now;
      } else if (probe.isDone() && !probe.isCompletedExceptionally()) {
        follower.alive(probedAt);
      }
    }
  }

  private void readAgain(String topic, String reason) {
    log.warn("feed=reading-again topic={} reason=\"{}\"", topic, reason);
    follower.readAgain(topic);
  }

  private static boolean isAtEnd(
      String topic, Map<TopicPartition, Long> ends, Consumer<String, @Nullable String> consumer) {
    return ends.entrySet().stream()
        .filter(end -> end.getKey().topic().equals(topic))
        .allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
  }

  private void saveWhenDue(Instant now) {
    boolean changed = fleet.snapshot().version() != savedVersion;
    Duration due = changed ? config.saveInterval() : POSITIONS_SAVE;
    if (Duration.between(savedAt, now).compareTo(due) >= 0) {
      save();
    }
  }

  private void save() {
    savedAt = clock.instant(); // a disk that refuses is not asked again before its time
    if (!fleet.isUsable()) {
      return; // half of a first reading would make the next start believe it
    }
    try {
      SnapshotImage image = follower.image();
      store.save(image);
      savedVersion = image.snapshotVersion();
    } catch (IOException e) {
      log.warn("snapshot=not-saved reason=\"{}\"", e.toString());
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause() {
    try {
      boolean closed = closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
      log.debug("feed=retry closing={}", closed);
    } catch (InterruptedException e) {
      log.debug("feed=interrupted"); // only stop() interrupts, and the loop sees it closing
    }
  }

  /** Answered by a broker, never by a cache: it proves life and names the topics' ids. */
  private static KafkaFuture<Map<String, TopicDescription>> describe(Admin admin) {
    return admin.describeTopics(SnapshotFollower.TOPICS).allTopicNames();
  }

  private static Topology topology(Map<String, TopicDescription> described) {
    Map<String, String> ids = new HashMap<>();
    Set<TopicPartition> partitions = new HashSet<>();
    described.forEach((topic, description) -> {
      ids.put(topic, description.topicId().toString());
      description
          .partitions()
          .forEach(at -> partitions.add(new TopicPartition(topic, at.partition())));
    });
    return new Topology(ids, partitions);
  }

  private Map<String, Object> adminSettings() {
    return kafka.with(
        Map.of(
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) ANSWER.toMillis() / 2,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) ANSWER.toMillis(),
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            (int) RETRY.toMillis()));
  }

  private Map<String, Object> consumerSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    // One swap a batch: fewer, larger batches while catching up.
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (int) RETRY.toMillis());
    return kafka.with(settings);
  }

  /** The topics as they are now; another one means other offsets. */
  private record Topology(Map<String, String> idsByTopic, Set<TopicPartition> partitions) {}

  private Connection connect() {
    Admin admin = Admin.create(adminSettings());
    try {
      return new Connection(admin, new KafkaConsumer<>(consumerSettings()));
    } catch (KafkaException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /** Closes without waiting for a broker that is gone. */
  private record Connection(Admin admin, Consumer<String, @Nullable String> consumer)
      implements AutoCloseable {
    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(Duration.ofMillis(200)));
      admin.close(Duration.ZERO);
    }
  }
}
