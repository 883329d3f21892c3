package io.tributary.steering.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tributary.backends.Kafka;
import io.tributary.contracts.event.Topics;
import io.tributary.settings.KafkaAccess;
import io.tributary.steering.snapshot.SetAsideRecords;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The feed against a real broker. */
class KafkaReportFeedIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Kafka broker;
  private static String brokers;

  @BeforeAll
  static void prepare() {
    broker = Kafka.prepared();
    brokers = broker.bootstrapServers();
  }

  @AfterAll
  static void end() {
    broker.close();
  }

  @Test
  void givenTheFeedBeganBeforeKafka_whenClientsReport_thenNodesAreBlamedUntilKafkaIsGone()
      throws Exception {
    ErrorReports reports = new ErrorReports();
    SetAsideRecords setAside = new SetAsideRecords();
    KafkaReportFeed feed =
        new KafkaReportFeed(
            KafkaAccess.open(brokers), reports, setAside, JSON, InstantSource.system());
    feed.start();
    try {
      broker.start();
      createTopic();
      // Where the end is, only the feed knows: what is written before it looked is not read.
      await(
          "the feed to follow",
          () -> {
            write("probe", "nonsense");
            return setAside.count() > 0;
          });

      for (int network = 1; network <= 5; network++) {
        complain("play-" + network, network);
      }
      for (int play = 1; play <= 20; play++) {
        complain("again-" + play, 1);
      }

      await("the penalty", () -> penalty(reports) > 0.19);
      assertEquals(3.0 / 15, penalty(reports));
      assertEquals(1, reports.penalised(Instant.now()));
      assertTrue(feed.read() > setAside.count());

      broker.kill();
      assertEquals(3.0 / 15, penalty(reports));
      await("the complaints to be forgotten", () -> penalty(reports) == 0);
    } finally {
      feed.stop();
    }
  }

  private static double penalty(ErrorReports reports) {
    return reports.penalty("n1", Instant.now());
  }

  private static void complain(String playbackId, int network) {
    Instant now = Instant.now();
    write(
        playbackId,
        ReportReaderTest.reported(
            now,
            playbackId,
            "192.0." + network + ".0/24",
            ReportReaderTest.event("error", "n1", now)));
  }

  private static void createTopic() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin
          .createTopics(List.of(new NewTopic(Topics.REPORTS.name(), 3, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void write(String key, String value) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers), new StringSerializer(), new StringSerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.REPORTS.name(), key, value))
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("cannot write", e);
    }
  }

  /** Waits for a real broker, not for a length of time. */
  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(120);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), "waited in vain for " + what);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
