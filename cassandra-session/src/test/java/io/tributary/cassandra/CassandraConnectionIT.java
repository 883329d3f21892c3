package io.tributary.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import io.tributary.backends.Cassandra;
import io.tributary.backends.CassandraSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CassandraConnectionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static Cassandra cassandra;

  @BeforeAll
  static void prepare() {
    cassandra = Cassandra.prepared();
  }

  @AfterAll
  static void end() {
    cassandra.close();
  }

  /** One story, because each act needs the one before: away, there, killed, back, frozen. */
  @Test
  void aSessionComesLateAndSurvivesItsServer() throws Exception {
    try (var proxy = ForwardingPort.to(cassandra.contactPoint());
        var connection = CassandraConnection.open(config(proxy.address()), notes("notes"))) {
      assertThatThrownBy(connection::session).isInstanceOf(CassandraUnavailableException.class);

      var firstSession = new CompletableFuture<CqlSession>();
      connection.whenConnected(firstSession::complete);
      cassandra.start();
      CqlSession session = firstSession.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      session.execute("INSERT INTO notes (id, text) VALUES (1, 'first')");
      assertThat(connection.session()).isSameAs(session);
      assertThat(connection.maxRequestsInFlight()).isEqualTo(1_024);
      assertThat(connection.requestsInFlight()).isBetween(0, 1);

      cassandra.kill();
      until(() -> !connection.isConnected());
      assertThatThrownBy(connection::session).isInstanceOf(CassandraUnavailableException.class);

      cassandra.start();
      until(connection::isConnected);
      untilAnswered(connection, "INSERT INTO notes (id, text) VALUES (2, 'second')");

      cassandra.freeze();
      until(() -> !connection.isConnected());
      cassandra.thaw();
      until(connection::isConnected);
      assertThat(untilAnswered(connection, "SELECT text FROM notes WHERE id = 2").one())
          .isNotNull();
    }
    severalReplicasApplyEachFileOnce();
    aChangedFileIsRefused();
    aMigrationEndsByItself();
  }

  private static void severalReplicasApplyEachFileOnce() throws Exception {
    List<CassandraConnection> replicas = new ArrayList<>();
    for (int replica = 0; replica < 4; replica++) {
      replicas.add(CassandraConnection.open(config(cassandra.contactPoint()), notes("replicas")));
    }
    for (CassandraConnection replica : replicas) {
      until(replica::isConnected);
    }
    // The second file counts its own runs.
    assertThat(
            replicas
                .getFirst()
                .session()
                .execute("SELECT runs FROM counted WHERE id = 'V002'")
                .all()
                .getFirst()
                .getLong("runs"))
        .isEqualTo(1);
    replicas.forEach(CassandraConnection::close);
  }

  private static void aChangedFileIsRefused() throws Exception {
    try (var connection =
        CassandraConnection.open(config(cassandra.contactPoint()), notes("changed"))) {
      until(connection::isConnected);
      connection
          .session()
          .execute(
              "UPDATE schema_migrations SET checksum = 'other' WHERE version = 'V001__notes.cql'");
    }
    try (var again = CassandraConnection.open(config(cassandra.contactPoint()), notes("changed"))) {
      until(() -> {
        try {
          again.session();
          return true;
        } catch (CassandraUnavailableException refusal) {
          return refusal.getCause() instanceof IllegalStateException;
        }
      });
      assertThatThrownBy(again::session)
          .hasRootCauseMessage(
              "V001__notes.cql was changed after it was applied (expected: the next version in a new"
                  + " file)");
    }
  }

  private static void aMigrationEndsByItself() throws Exception {
    var ahead = config(cassandra.contactPoint());
    CassandraConnection.migrate(ahead, notes("ahead"), Duration.ofMinutes(1));
    CassandraConnection.migrate(ahead, notes("ahead"), Duration.ofMinutes(1));

    try (var connection = CassandraConnection.open(ahead, notes("ahead"))) {
      until(connection::isConnected);
      // Neither the second migration nor the service that came after did anything again.
      assertThat(
              connection
                  .session()
                  .execute("SELECT runs FROM counted WHERE id = 'V002'")
                  .all()
                  .getFirst()
                  .getLong("runs"))
          .isEqualTo(1);
    }
    assertThatThrownBy(
            () -> CassandraConnection.migrate(config("127.0.0.1:1"), notes("ahead"), Duration.ZERO))
        .isInstanceOf(CassandraUnavailableException.class)
        .hasMessage("Cassandra was not reached in 0 s");
  }

  private static Schema notes(String keyspace) {
    return new Schema(keyspace, "migrations/notes");
  }

  private static CassandraConfig config(String contactPoint) {
    return new CassandraConfig(
        List.of(contactPoint),
        CassandraSettings.DATA_CENTRE,
        CassandraSettings.REPLICATION,
        CassandraSecurity.NONE);
  }

  /** The driver may open a node's connection some milliseconds before it counts the node as up. */
  private static ResultSet untilAnswered(CassandraConnection connection, String statement)
      throws InterruptedException {
    var answer = new AtomicReference<ResultSet>();
    until(() -> {
      try {
        answer.set(connection.session().execute(statement));
        return true;
      } catch (NoNodeAvailableException _) {
        return false;
      }
    });
    return answer.get();
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("gave up waiting").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
