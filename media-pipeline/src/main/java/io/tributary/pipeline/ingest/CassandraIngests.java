package io.tributary.pipeline.ingest;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraUnavailableException;
import io.tributary.cassandra.Profiles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ingests' records in Cassandra: each one document beside its revision, changed by lightweight
 * transactions alone. A transaction that timed out is asked for again by reading.
 */
public final class CassandraIngests implements IngestStore {
  /** One partition: few ingests are open at a time. */
  private static final String LIST = "open";

  private final CassandraConnection connection;
  private final JsonMapper json;

  /** Keeps them in the connection's keyspace. */
  public CassandraIngests(CassandraConnection connection, JsonMapper json) {
    this.connection = connection;
    this.json = json;
  }

  @Override
  public boolean create(IngestRecord first) {
    return asked(() -> {
      // Listed first: one that is listed and not there is found and taken off.
      connection
          .session()
          .execute(
              SimpleStatement.newInstance(
                  "INSERT INTO open_ingests (list, ingest_id, since) VALUES (?, ?, ?)",
                  LIST,
                  first.ingestId(),
                  first.createdAt()));
      return decided(
          first,
          SimpleStatement.newInstance(
              "INSERT INTO ingests (ingest_id, revision, record) VALUES (?, ?, ?)"
                  + " IF NOT EXISTS",
              first.ingestId(),
              first.revision(),
              json.writeValueAsString(first)));
    });
  }

  @Override
  public Optional<IngestRecord> find(String ingestId) {
    return asked(() -> Optional.ofNullable(read(ingestId)));
  }

  @Override
  public boolean replace(IngestRecord next) {
    return asked(() ->
        decided(
            next,
            SimpleStatement.newInstance(
                "UPDATE ingests SET revision = ?, record = ? WHERE ingest_id = ?"
                    + " IF revision = ?",
                next.revision(),
                json.writeValueAsString(next),
                next.ingestId(),
                next.revision() - 1)));
  }

  @Override
  public List<Open> open() {
    return asked(() ->
        connection
            .session()
            .execute(
                SimpleStatement.newInstance(
                    "SELECT ingest_id, since FROM open_ingests WHERE list = ? LIMIT ?",
                    LIST,
                    MAX_OPEN))
            .all()
            .stream()
            .map(CassandraIngests::open)
            .toList());
  }

  @Override
  public void close(String ingestId) {
    asked(() ->
        connection
            .session()
            .execute(
                SimpleStatement.newInstance(
                    "DELETE FROM open_ingests WHERE list = ? AND ingest_id = ?", LIST, ingestId)));
  }

  private static Open open(Row row) {
    Instant since = row.getInstant("since");
    return new Open(
        String.valueOf(row.getString("ingest_id")), since == null ? Instant.EPOCH : since);
  }

  private @Nullable IngestRecord read(String ingestId) {
    Row row =
        connection
            .session()
            .execute(
                SimpleStatement.newInstance(
                        "SELECT record FROM ingests WHERE ingest_id = ?", ingestId)
                    .setExecutionProfileName(Profiles.DECIDED))
            .one();
    String record = row == null ? null : row.getString("record");
    return record == null ? null : json.readValue(record, IngestRecord.class);
  }

  /** Whether the transaction's record is what the store now has, also if its answer was lost. */
  private boolean decided(IngestRecord wanted, SimpleStatement transaction) {
    try {
      if (connection.session().execute(transaction).wasApplied()) {
        return true;
      }
    } catch (DriverException e) {
      return wanted.equals(read(wanted.ingestId()));
    }
    // The driver may have sent it twice; then the second found the first's result.
    return wanted.equals(read(wanted.ingestId()));
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (CassandraUnavailableException | DriverException e) {
      throw new StoreUnavailableException("Cassandra: " + e.getMessage(), e);
    }
  }
}
