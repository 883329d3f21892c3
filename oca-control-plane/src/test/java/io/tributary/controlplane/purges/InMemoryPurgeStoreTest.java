package io.tributary.controlplane.purges;

class InMemoryPurgeStoreTest extends PurgeStoreContract {
  @Override
  PurgeStore store() {
    return new InMemoryPurgeStore();
  }
}
