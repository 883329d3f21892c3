package io.tributary.pipeline.transcoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.event.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The group's lag is what waits and what is at work. */
class KafkaWakesTest {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.TRANSCODES.name(), 0);

  private final MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicBoolean idle = new AtomicBoolean(true);
  private final KafkaWakes kafka =
      new KafkaWakes(() -> consumer, wakes::incrementAndGet, idle::get);

  @BeforeEach
  void subscribe() {
    consumer.setMaxPollRecords(1);
    consumer.subscribe(List.of(PARTITION.topic()));
    consumer.rebalance(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  @AfterEach
  void close() {
    consumer.close();
  }

  @Test
  void whileAWorkerIsAtIt_thenAMessageIsNotConfirmedAndNoOtherIsTaken() {
    tell(0);
    tell(1);
    kafka.turn(consumer);
    idle.set(false);

    kafka.turn(consumer);
    kafka.turn(consumer);

    assertThat(wakes).hasValue(1);
    assertThat(kafka.waiting()).isEqualTo(1);
    assertThat(confirmed()).isZero();
    assertThat(consumer.paused()).containsExactly(PARTITION);
  }

  @Test
  void whenTheWorkerIsDone_thenItsMessageIsConfirmedAndTheNextOneTaken() {
    tell(0);
    tell(1);
    kafka.turn(consumer);
    idle.set(false);
    kafka.turn(consumer);
    idle.set(true);

    kafka.turn(consumer);

    assertThat(kafka.waiting()).isZero();
    assertThat(confirmed()).isEqualTo(1);
    assertThat(wakes).hasValue(2);
    assertThat(consumer.paused()).isEmpty();
  }

  @Test
  void givenNoMessageYet_thenThePlaceIsConfirmedSoThatThereIsALag() {
    kafka.turn(consumer);
    kafka.turn(consumer);

    assertThat(consumer.committed(Set.of(PARTITION))).containsKey(PARTITION);
    assertThat(wakes).hasValue(0);
  }

  private void tell(long offset) {
    consumer.addRecord(
        new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, "title", "whole"));
    consumer.updateEndOffsets(Map.of(PARTITION, offset + 1));
  }

  private long confirmed() {
    var place = consumer.committed(Set.of(PARTITION)).get(PARTITION);
    return place == null ? 0 : place.offset();
  }
}
