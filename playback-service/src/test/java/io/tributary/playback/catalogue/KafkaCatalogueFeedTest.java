package io.tributary.playback.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PackagePlaced;
import io.tributary.contracts.event.PackagePublished;
import io.tributary.contracts.event.Topics;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.manifest.Packages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class KafkaCatalogueFeedTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final PackageManifest MEDIA = Packages.at25();
  private static final byte[] MANIFEST = JSON.writeValueAsBytes(MEDIA);

  private final InMemoryCatalogue catalogue = new InMemoryCatalogue();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Deque<MockConsumer<byte[], byte[]>> consumers = new ArrayDeque<>();
  private MockConsumer<byte[], byte[]> kafka = kafka();
  private final List<String> seen = new ArrayList<>();
  private final Deque<Object> source = new ArrayDeque<>();
  private int offset;
  private KafkaCatalogueFeed feed;

  private static MockConsumer<byte[], byte[]> kafka() {
    MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    for (String topic : List.of(Topics.PACKAGES.name(), Topics.PLACEMENTS.name())) {
      kafka.updatePartitions(
          topic, List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0])));
      kafka.updateBeginningOffsets(Map.of(new TopicPartition(topic, 0), 0L));
    }
    return kafka;
  }

  @BeforeEach
  void aFeed() {
    feed =
        new KafkaCatalogueFeed(
            () -> consumers.isEmpty() ? kafka : consumers.removeFirst(),
            new CatalogueFacts(catalogue, this::fetch, JSON, new Seen()),
            JSON,
            metrics);
  }

  @Test
  void aPublishedAndPlacedPackageIsPlayableAndSeen() {
    source.add(MANIFEST);

    read(List.of(published(sha256(MANIFEST)), placed()));

    assertThat(catalogue.title("demo").map(CatalogueTitle::isPlayable)).hasValue(true);
    assertThat(catalogue.manifest(MEDIA.ref())).isPresent();
    assertThat(seen).containsExactly("manifest demo", "title demo", "title demo");
    assertThat(count("applied")).isEqualTo(2);
  }

  @Test
  void aPlacementThatEndsMakesTheTitleUnplayable() {
    source.add(MANIFEST);

    read(List.of(published(sha256(MANIFEST)), placed(), record(Topics.PLACEMENTS.name(), null)));

    assertThat(catalogue.title("demo").map(CatalogueTitle::isPlayable)).hasValue(false);
  }

  @Test
  void aFactWhoseManifestCannotBeFetchedYetWaitsAndIsTriedAgain() {
    source.add(new IOException("away"));
    source.add(MANIFEST);

    read(List.of(published(sha256(MANIFEST)), placed()));

    assertThat(catalogue.title("demo").map(CatalogueTitle::isPlayable)).hasValue(true);
    assertThat(count("set-aside")).isZero();
  }

  @Test
  void whatIsWrongIsSetAsideAndTheNextGoesOn() {
    source.add(MANIFEST);
    source.add(MANIFEST);

    read(
        List.of(
            record(Topics.PACKAGES.name(), "not json".getBytes(StandardCharsets.UTF_8)),
            published("0".repeat(64)),
            record(Topics.PACKAGES.name(), "{\"data\":null}".getBytes(StandardCharsets.UTF_8)),
            published(sha256(MANIFEST))));

    assertThat(count("set-aside")).isEqualTo(3);
    assertThat(catalogue.title("demo")).isPresent();
  }

  /** A feed that ended in silence would leave the replica with an old catalogue for ever. */
  @Test
  void aFeedThatFailsUnforeseenBeginsAgain() {
    source.add(MANIFEST);
    kafka.schedulePollTask(() -> {
      throw new IllegalStateException("unforeseen");
    });
    MockConsumer<byte[], byte[]> broken = kafka;
    kafka = kafka();
    consumers.addFirst(broken);

    read(List.of(published(sha256(MANIFEST)), placed()));

    assertThat(catalogue.title("demo").map(CatalogueTitle::isPlayable)).hasValue(true);
  }

  /** The consumer hands all out in one poll; the feed is closed in the next. */
  private void read(List<ConsumerRecord<byte[], byte[]>> records) {
    kafka.schedulePollTask(() -> records.forEach(kafka::addRecord));
    kafka.schedulePollTask(feed::close);
    feed.run();
    // The feed interrupts its thread, which here is none.
    assertThat(Thread.interrupted()).isFalse();
  }

  private byte[] fetch(String key) throws IOException {
    assertThat(key).isEqualTo("packages/demo/manifest.json");
    return switch (source.removeFirst()) {
      case byte[] bytes -> bytes;
      case IOException failure -> throw failure;
      default -> throw new AssertionError();
    };
  }

  private ConsumerRecord<byte[], byte[]> published(String sha256) {
    return record(
        Topics.PACKAGES.name(),
        JSON.writeValueAsBytes(
            event(
                PackagePublished.TYPE,
                new PackagePublished(
                    MEDIA.titleId(),
                    MEDIA.packageVersion(),
                    "Demo",
                    "packages/demo/manifest.json",
                    sha256,
                    MEDIA.durationMillis(),
                    1))));
  }

  private ConsumerRecord<byte[], byte[]> placed() {
    return record(
        Topics.PLACEMENTS.name(),
        JSON.writeValueAsBytes(
            event(
                PackagePlaced.TYPE,
                new PackagePlaced(MEDIA.titleId(), MEDIA.packageVersion(), NOON))));
  }

  private static <T> Event<T> event(String type, T data) {
    return new Event<>("id", NOON, type, 1, "local", null, null, null, Cohort.REAL, data);
  }

  private ConsumerRecord<byte[], byte[]> record(String topic, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset++,
        NOON.toEpochMilli() + offset,
        TimestampType.CREATE_TIME,
        0,
        0,
        MEDIA.ref().path().getBytes(StandardCharsets.UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private double count(String outcome) {
    return metrics
        .get("tributary.playback.catalogue.facts")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private final class Seen implements CatalogueFacts.Watcher {
    @Override
    public void sawTitle(CatalogueTitle title) {
      seen.add("title " + title.titleId());
    }

    @Override
    public boolean wantsManifest(PackageRef ref) {
      return false;
    }

    @Override
    public void sawManifest(PackageRef ref, byte[] gzipped) {
      seen.add("manifest " + ref.titleId());
    }
  }
}
