package io.tributary.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class CassandraMetricsTest {
  @Test
  void beforeItIsReachedThereIsNoConnectionAndNoRoom() throws Exception {
    var registry = new SimpleMeterRegistry();
    try (var connection =
        CassandraConnection.open(
            new CassandraConfig(List.of("127.0.0.1:1"), "dc1", "dc1:1", CassandraSecurity.NONE),
            new Schema("notes", "migrations/notes"))) {
      new CassandraMetrics(connection).bindTo(registry);

      for (String name : List.of("connected", "requests", "requests.max")) {
        assertThat(registry.get("tributary.cassandra." + name).gauge().value()).as(name).isZero();
      }
    }
  }
}
