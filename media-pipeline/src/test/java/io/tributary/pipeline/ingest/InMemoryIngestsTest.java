package io.tributary.pipeline.ingest;

class InMemoryIngestsTest extends IngestStoreContract {
  private final IngestStore store = new InMemoryIngests();

  @Override
  IngestStore store() {
    return store;
  }
}
