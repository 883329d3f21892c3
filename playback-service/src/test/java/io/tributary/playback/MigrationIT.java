package io.tributary.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.backends.Cassandra;
import io.tributary.backends.CassandraSettings;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraSecurity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The word {@code migrate} makes a process of the service that applies the schema and ends. */
class MigrationIT {
  @Test
  void theServicesOwnMainAppliesTheSchemaAndComesBack() throws Exception {
    String contactPoint = Cassandra.shared().contactPoint();

    PlaybackApplication.main(
        new String[] {
          "migrate",
          "--tributary.cassandra.contact-points=" + contactPoint,
          "--tributary.cassandra.local-datacenter=" + CassandraSettings.DATA_CENTRE,
          "--tributary.cassandra.replication=" + CassandraSettings.REPLICATION
        });

    var config =
        new CassandraConfig(
            List.of(contactPoint),
            CassandraSettings.DATA_CENTRE,
            CassandraSettings.REPLICATION,
            CassandraSecurity.NONE);
    try (var connection = CassandraConnection.open(config, PlaybackWiring.SCHEMA)) {
      var states = new CompletableFuture<List<String>>();
      connection.whenConnected(session ->
          states.complete(
              session.execute("SELECT state FROM schema_migrations").all().stream()
                  .map(row -> row.getString("state"))
                  .toList()));
      assertThat(states.get(60, TimeUnit.SECONDS)).isNotEmpty().containsOnly("applied");
    }
  }
}
