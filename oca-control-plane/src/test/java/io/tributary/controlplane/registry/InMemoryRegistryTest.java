package io.tributary.controlplane.registry;

class InMemoryRegistryTest extends RegistryContract {
  @Override
  Registry registry() {
    return new InMemoryRegistry();
  }
}
