package io.tributary.controlplane.purges;

import io.tributary.controlplane.store.TestKeyspace;
import tools.jackson.databind.json.JsonMapper;

class CassandraPurgeStoreIT extends PurgeStoreContract {
  @Override
  PurgeStore store() {
    return new CassandraPurgeStore(TestKeyspace.empty(), JsonMapper.builder().build());
  }
}
