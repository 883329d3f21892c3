package io.tributary.controlplane.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.contracts.admin.Network;
import io.tributary.contracts.admin.Site;
import io.tributary.controlplane.store.ControlKeyspace;
import io.tributary.controlplane.store.TestKeyspace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CassandraRegistryIT extends RegistryContract {
  @Override
  Registry registry() {
    return new CassandraRegistry(TestKeyspace.empty());
  }

  /**
   * As the version before grants and coordinates wrote them, and writes them while it is rolled.
   */
  @Test
  void rowsFromBeforeGrantsAndCoordinatesHaveNone() {
    ControlKeyspace keyspace = TestKeyspace.empty();
    keyspace.run("INSERT INTO networks (id, name, asn) VALUES ('n1', 'One', 64512)");
    keyspace.run("INSERT INTO sites (id, network_id, name) VALUES ('s1', 'n1', 'Place')");
    Registry registry = new CassandraRegistry(keyspace);

    assertEquals(
        Optional.of(new Network("n1", "One", 64_512, List.of(), List.of())),
        registry.network("n1"));
    assertEquals(List.of(new Site("s1", "n1", "Place", null, null)), registry.sites());
  }
}
