package io.tributary.pipeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.pipeline.ingest.IngestRecord.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of ingests' records keeps to. */
abstract class IngestStoreContract {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00.123Z");

  /** What {@link #store} keeps an ended ingest for. */
  static final Duration KEPT_FOR = Duration.ofSeconds(2);

  private final String id = "i-" + UUID.randomUUID();

  abstract IngestStore store();

  abstract void pass(Duration time) throws InterruptedException;

  @Test
  void whatEndedIsForgottenInTimeAndWhatIsOpenIsNot() throws Exception {
    IngestRecord open =
        IngestRecord.announced(id + "-open", "a-title", "A Title", "a.mp4", 10, NOW);
    store().create(open);
    store().create(first());
    assertThat(store().replace(first().failed("too late"))).isTrue();
    assertThat(store().find(id)).isPresent();

    pass(KEPT_FOR.plusSeconds(1));

    assertThat(store().find(id)).isEmpty();
    assertThat(store().find(open.ingestId())).contains(open);
  }

  @Test
  void whatIsCreatedIsFoundAndListedUntilClosed() {
    IngestRecord first = first();

    assertThat(store().create(first)).isTrue();
    assertThat(store().create(first.queued())).isFalse();

    assertThat(store().find(id)).contains(first);
    assertThat(store().open()).contains(new IngestStore.Open(id, NOW));
    store().close(id);
    assertThat(store().open()).doesNotContain(new IngestStore.Open(id, NOW));
    assertThat(store().find(id)).contains(first);
  }

  @Test
  void ofTwoChangesToOneRevisionOnlyTheFirstIsKept() {
    store().create(first());
    IngestRecord queued = first().queued();
    IngestRecord failed = first().failed("too late");

    assertThat(store().replace(queued)).isTrue();

    assertThat(store().replace(failed)).isFalse();
    assertThat(store().find(id)).contains(queued);
  }

  @Test
  void everyFieldIsKept() {
    store().create(first());
    IngestRecord queued = first().queued();
    IngestRecord claimed = queued.claimedBy("w", NOW, Duration.ofSeconds(15)).orElseThrow();
    IngestRecord stored = claimed.stored(new Published("k", "s", 1, 2, NOW));

    assertThat(store().replace(queued)).isTrue();
    assertThat(store().replace(claimed)).isTrue();
    assertThat(store().replace(stored)).isTrue();

    assertThat(store().find(id)).contains(stored);
  }

  @Test
  void whatWasNeverCreatedIsNeitherFoundNorReplaced() {
    assertThat(store().find(id)).isEmpty();
    assertThat(store().replace(first().queued())).isFalse();
  }

  private IngestRecord first() {
    return IngestRecord.announced(id, "a-title", "A Title", "a.mp4", 10, NOW);
  }
}
