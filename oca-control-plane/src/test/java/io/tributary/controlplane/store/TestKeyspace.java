package io.tributary.controlplane.store;

import io.tributary.backends.Cassandra;
import io.tributary.backends.CassandraSettings;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraSecurity;
import io.tributary.cassandra.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The control plane's keyspace in a real Cassandra, emptied for each test. */
public final class TestKeyspace {
  private static final List<String> TABLES =
      List.of(
          "networks",
          "sites",
          "nodes",
          "enrolment_tokens",
          "packages",
          "plan_heads",
          "plan_pages",
          "holding_heads",
          "holding_pages",
          "leases",
          "purges");

  private static @Nullable ControlKeyspace shared;

  private TestKeyspace() {}

  /** With its schema, and nothing in it. */
  public static synchronized ControlKeyspace empty() {
    if (shared == null) {
      CassandraConnection connection = connection();
      CompletableFuture<Boolean> connected = new CompletableFuture<>();
      connection.whenConnected(session -> connected.complete(true));
      connected.join();
      shared = new ControlKeyspace(connection);
    }
    for (String table : TABLES) {
      shared.run("TRUNCATE " + table);
    }
    return shared;
  }

  private static CassandraConnection connection() {
    try {
      return CassandraConnection.open(
          new CassandraConfig(
              List.of(Cassandra.shared().contactPoint()),
              CassandraSettings.DATA_CENTRE,
              CassandraSettings.REPLICATION,
              CassandraSecurity.NONE),
          new Schema("control", "cql/control"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
