package io.tributary.pipeline.ingest;

import io.tributary.backends.Cassandra;
import io.tributary.backends.CassandraSettings;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraSecurity;
import io.tributary.cassandra.Schema;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.json.JsonMapper;

class CassandraIngestsIT extends IngestStoreContract {
  private static CassandraConnection connection;

  @BeforeAll
  static void connect() throws Exception {
    connection =
        CassandraConnection.open(
            new CassandraConfig(
                List.of(Cassandra.shared().contactPoint()),
                CassandraSettings.DATA_CENTRE,
                CassandraSettings.REPLICATION,
                CassandraSecurity.NONE),
            new Schema("media", "cassandra/media"));
    CountDownLatch connected = new CountDownLatch(1);
    connection.whenConnected(_ -> connected.countDown());
    if (!connected.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("no connection in 2 min");
    }
  }

  @AfterAll
  static void close() {
    connection.close();
  }

  @Override
  IngestStore store() {
    return new CassandraIngests(connection, JsonMapper.builder().build(), KEPT_FOR);
  }

  @Override
  void pass(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
