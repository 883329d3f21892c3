package io.tributary.controlplane.placement;

import java.time.InstantSource;

class InMemoryPlacementStoreTest extends PlacementStoreContract {
  @Override
  PlacementStore store() {
    return new InMemoryPlacementStore(InstantSource.system());
  }
}
