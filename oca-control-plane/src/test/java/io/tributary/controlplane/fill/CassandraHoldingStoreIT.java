package io.tributary.controlplane.fill;

import io.tributary.controlplane.store.TestKeyspace;
import tools.jackson.databind.json.JsonMapper;

class CassandraHoldingStoreIT extends HoldingStoreContract {
  @Override
  HoldingStore store() {
    return new CassandraHoldingStore(TestKeyspace.empty(), JsonMapper.builder().build());
  }
}
