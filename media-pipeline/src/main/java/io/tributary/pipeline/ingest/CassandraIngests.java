package io.tributary.pipeline.ingest;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraUnavailableException;
import io.tributary.cassandra.Profiles;
import java.time.Duration;
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

  /** As a time to live. */
  private static final int FOR_EVER = 0;

  private final CassandraConnection connection;
  private final JsonMapper json;
  private final Duration keptFor;

  /**
   * Keeps them in the connection's keyspace.
   *
   * @param keptFor how long a final one
   */
  public CassandraIngests(CassandraConnection connection, JsonMapper json, Duration keptFor) {
    this.connection = connection;
    this.json = json;
    this.keptFor = keptFor;
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
      // No INSERT: its row would outlive its columns, which alone end when the record is too old.
      return decided(
          first,
          SimpleStatement.newInstance(
              "UPDATE ingests SET revision = ?, record = ? WHERE ingest_id = ?"
                  + " IF revision = null",
              first.revision(),
              json.writeValueAsString(first),
              first.ingestId()));
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
                "UPDATE ingests USING TTL ? SET revision = ?, record = ? WHERE ingest_id = ?"
                    + " IF revision = ?",
                next.isFinal() ? Math.toIntExact(keptFor.toSeconds()) : FOR_EVER,
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
