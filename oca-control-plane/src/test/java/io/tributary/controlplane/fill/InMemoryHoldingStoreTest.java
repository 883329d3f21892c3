package io.tributary.controlplane.fill;

class InMemoryHoldingStoreTest extends HoldingStoreContract {
  @Override
  HoldingStore store() {
    return new InMemoryHoldingStore();
  }
}
