package io.tributary.steering.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.backends.Kafka;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.DecisionRecord;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageRef;
import io.tributary.settings.KafkaAccess;
import io.tributary.steering.explain.DecisionLogConfig;
import io.tributary.steering.explain.DecisionSink;
import io.tributary.steering.explain.KafkaDecisionLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The feed against a real broker. */
class KafkaSnapshotFeedIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final PackageRef TEARS = new PackageRef("tears", "p1");

  private static Kafka broker;
  private static String brokers;

  @TempDir Path stateDirectory;

  @BeforeAll
  static void prepare() {
    broker = Kafka.prepared();
    brokers = broker.bootstrapServers();
  }

  @AfterAll
  static void end() {
    broker.close();
  }

  /** Each test begins with a broker that runs and has no topic. */
  @BeforeEach
  void startBroker() throws Exception {
    broker.start();
    try (Admin admin = admin()) {
      admin
          .deleteTopics(admin.listTopics().names().get(30, TimeUnit.SECONDS))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void givenFactsInKafka_whenTheBrokerDiesAndSteeringRestarts_thenItKnowsThemAndTheirAge()
      throws Exception {
    createTopics();
    write(Topics.NODE_VERDICTS.name(), "n1", SnapshotFollowerTest.verdict("n1", "s1", "healthy"));
    write(Topics.NODE_VERDICTS.name(), "n2", "nonsense");
    write(
        Topics.NODE_HOLDINGS.name(), "n1/tears/p1", SnapshotFollowerTest.held("n1", "tears", "p1"));
    try (Running running = new Running()) {
      await("first reading", () -> running.fleet.isUsable());
      assertEquals(Set.of("n1"), running.fleet.snapshot().nodes().keySet());
      assertEquals(Set.of("n1"), running.fleet.snapshot().holders(TEARS));
      assertEquals(1, running.setAside.count());

      write(
          Topics.NODE_VERDICTS.name(), "n1", SnapshotFollowerTest.verdict("n1", "s1", "draining"));
      await("a changed verdict", () -> running.health("n1").equals("DRAINING"));
      broker.kill();
      await("age to grow", () -> running.ageMillis() > 1_500);
      assertEquals("DRAINING", running.health("n1"));
    }

    try (Running restarted = new Running()) {
      assertTrue(restarted.fleet.isUsable());
      assertEquals("DRAINING", restarted.health("n1"));
      assertThat(restarted.ageMillis()).isGreaterThan(1_500);
    }
  }

  @Test
  void givenTheTopicsAreCreatedAgain_whenFollowed_thenTheNewFactsCountAndTheOldAreDropped()
      throws Exception {
    createTopics();
    write(Topics.NODE_VERDICTS.name(), "n1", SnapshotFollowerTest.verdict("n1", "s1", "healthy"));
    write(Topics.NODE_VERDICTS.name(), "n2", SnapshotFollowerTest.verdict("n2", "s1", "healthy"));
    try (Running running = new Running()) {
      await("first reading", () -> running.fleet.snapshot().nodes().size() == 2);
      try (Admin admin = admin()) {
        admin.deleteTopics(SnapshotFollower.TOPICS).all().get(30, TimeUnit.SECONDS);
      }
      createTopics();
      write(Topics.NODE_VERDICTS.name(), "n2", SnapshotFollowerTest.verdict("n2", "s2", "healthy"));

      await("the old to be dropped", () -> running.fleet.snapshot().nodes().size() == 1);
      assertEquals(Set.of("n2"), running.fleet.snapshot().nodes().keySet());
    }
  }

  @Test
  void givenSavedOffsetsThatKafkaNoLongerHas_whenRestarted_thenItReadsFromTheBeginning()
      throws Exception {
    createTopics();
    write(Topics.NODE_VERDICTS.name(), "n1", SnapshotFollowerTest.verdict("n1", "s1", "healthy"));
    try (Running running = new Running()) {
      await("first reading", () -> running.fleet.isUsable());
    }
    for (int i = 0; i < 5; i++) {
      write(Topics.NODE_VERDICTS.name(), "n2", SnapshotFollowerTest.verdict("n2", "s1", "healthy"));
    }
    try (Admin admin = admin()) {
      // What lay between the saved offset and here is lost.
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(Topics.NODE_VERDICTS.name(), 0),
                  RecordsToDelete.beforeOffset(5)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }

    try (Running restarted = new Running()) {
      await("the new fact", () -> restarted.fleet.snapshot().nodes().containsKey("n2"));
      await("the unseen to be dropped", () -> restarted.fleet.snapshot().nodes().size() == 1);
    }
  }

  @Test
  void givenADecision_whenTold_thenItsRecordIsInKafka() throws Exception {
    createTopics();
    KafkaDecisionLog log =
        new KafkaDecisionLog(DecisionLogConfig.DEFAULTS, KafkaAccess.open(brokers), "local", JSON);
    log.start();
    log.decided(
        new DecisionSink.Decision(
            () ->
                new DecisionRecord(
                    "d-1", 1, "play-1", "tears", "p1", "", 1, 1, 3, List.of(), List.of(), null,
                    List.of(), null, List.of()),
            "not-placed",
            false,
            false,
            Instant.parse("2026-03-01T12:00:00Z"),
            null,
            Cohort.REAL));
    await("the acknowledgement", () -> log.written() == 1);
    log.stop();

    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", brokers),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.DECISIONS.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var record = consumer.poll(Duration.ofSeconds(10)).iterator().next();
      assertEquals("d-1", record.key());
      JsonNode event = JSON.readTree(record.value());
      assertEquals("decision", event.path("type").asString());
      assertEquals("play-1", event.path("playbackId").asString());
    }
  }

  /** Steering's feed with short times; closing it saves. */
  private final class Running implements AutoCloseable {
    private final Fleet fleet = new Fleet();
    private final SetAsideRecords setAside = new SetAsideRecords();
    private final KafkaSnapshotFeed feed;

    Running() {
      feed =
          new KafkaSnapshotFeed(
              new FeedConfig(
                  Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(500)),
              KafkaAccess.open(brokers),
              stateDirectory,
              fleet,
              setAside,
              JSON,
              InstantSource.system());
      feed.start();
    }

    private String health(String nodeId) {
      KnownNode node = fleet.snapshot().nodes().get(nodeId);
      return node == null ? "none" : node.health().name();
    }

    private long ageMillis() {
      return fleet.age(Instant.now()).map(Duration::toMillis).orElse(-1L);
    }

    @Override
    public void close() {
      try {
        feed.stop();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void createTopics() throws Exception {
    try (Admin admin = admin()) {
      List<NewTopic> topics =
          List.of(
              new NewTopic(Topics.NODE_VERDICTS.name(), 1, (short) 1),
              new NewTopic(Topics.SITES.name(), 1, (short) 1),
              new NewTopic(Topics.ROUTES.name(), 1, (short) 1),
              new NewTopic(Topics.NODE_HOLDINGS.name(), 1, (short) 1),
              new NewTopic(Topics.DECISIONS.name(), 1, (short) 1));
      for (NewTopic topic : topics) {
        if (!admin.listTopics().names().get(30, TimeUnit.SECONDS).contains(topic.name())) {
          admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        }
      }
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", brokers));
  }

  private void write(String topic, String key, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, key, value)).get(30, TimeUnit.SECONDS);
    }
  }

  /** Waits for a real broker, not for a length of time. */
  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), "waited in vain for " + what);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
