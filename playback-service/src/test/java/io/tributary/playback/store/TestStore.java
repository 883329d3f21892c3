package io.tributary.playback.store;

import io.tributary.backends.Cassandra;
import io.tributary.backends.CassandraSettings;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraSecurity;
import io.tributary.cassandra.Schema;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The service's keyspace in a real Cassandra, one for all integration tests of the module. */
public final class TestStore {
  private TestStore() {}

  /** Connected, with the schema in place. */
  public static CassandraStore connect() throws Exception {
    CassandraConnection connection =
        CassandraConnection.open(
            new CassandraConfig(
                List.of(Cassandra.shared().contactPoint()),
                CassandraSettings.DATA_CENTRE,
                CassandraSettings.REPLICATION,
                CassandraSecurity.NONE),
            new Schema("playback", "schema/playback"));
    var connected = new CompletableFuture<Boolean>();
    connection.whenConnected(session -> connected.complete(true));
    connected.get(60, TimeUnit.SECONDS);
    return new CassandraStore(connection, InstantSource.system());
  }
}
