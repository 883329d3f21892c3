package io.tributary.controlplane.registry;

import io.tributary.controlplane.store.TestKeyspace;

class CassandraRegistryIT extends RegistryContract {
  @Override
  Registry registry() {
    return new CassandraRegistry(TestKeyspace.empty());
  }
}
