package io.tributary.pipeline.ingest;

import java.time.Duration;
import java.time.Instant;

class InMemoryIngestsTest extends IngestStoreContract {
  private Instant now = Instant.EPOCH;
  private final IngestStore store = new InMemoryIngests(() -> now, KEPT_FOR);

  @Override
  IngestStore store() {
    return store;
  }

  @Override
  void pass(Duration time) {
    now = now.plus(time);
  }
}
