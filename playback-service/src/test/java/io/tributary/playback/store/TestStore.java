package io.tributary.playback.store;

import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraProcess;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The service's keyspace in a real Cassandra, one for all integration tests of the module. */
public final class TestStore {
  private TestStore() {}

  /** Connected, with the schema in place. */
  public static CassandraStore connect() throws Exception {
    CassandraConnection connection =
        CassandraConnection.open(CassandraProcess.shared().config("playback"), "schema/playback");
    var connected = new CompletableFuture<Boolean>();
    connection.whenConnected(session -> connected.complete(true));
    connected.get(60, TimeUnit.SECONDS);
    return new CassandraStore(connection, InstantSource.system());
  }
}
