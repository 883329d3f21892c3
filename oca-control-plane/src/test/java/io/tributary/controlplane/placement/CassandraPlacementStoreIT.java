package io.tributary.controlplane.placement;

import io.tributary.controlplane.store.TestKeyspace;
import tools.jackson.databind.json.JsonMapper;

class CassandraPlacementStoreIT extends PlacementStoreContract {
  @Override
  PlacementStore store() {
    return new CassandraPlacementStore(TestKeyspace.empty(), JsonMapper.builder().build());
  }
}
