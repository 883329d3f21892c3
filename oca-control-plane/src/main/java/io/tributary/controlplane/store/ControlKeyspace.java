package io.tributary.controlplane.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraUnavailableException;
import io.tributary.cassandra.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements in the control plane's keyspace, prepared at their first use. Whatever keeps
 * Cassandra from answering becomes a {@link StoreUnavailableException}. Safe for use by many
 * threads.
 */
public final class ControlKeyspace {
  private final CassandraConnection connection;
  private final ConcurrentHashMap<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

  public ControlKeyspace(CassandraConnection connection) {
    this.connection = connection;
  }

  /** Reads or writes at {@code LOCAL_QUORUM}. */
  public ResultSet run(String cql, @Nullable Object... values) {
    try {
      CqlSession session = connection.session();
      return session.execute(bound(session, cql, values));
    } catch (CassandraUnavailableException | DriverException e) {
      throw new StoreUnavailableException("Cassandra did not answer", e);
    }
  }

  /** Every row, mapped; for tables that are small by their nature. */
  public <T> List<T> list(Function<Row, T> mapper, String cql, @Nullable Object... values) {
    try {
      List<T> all = new ArrayList<>();
      run(cql, values).forEach(row -> all.add(mapper.apply(row)));
      return all;
    } catch (DriverException e) {
      throw new StoreUnavailableException("Cassandra did not answer", e);
    }
  }

  /** The only row, mapped. */
  public <T> Optional<T> one(Function<Row, T> mapper, String cql, @Nullable Object... values) {
    return Optional.ofNullable(run(cql, values).one()).map(mapper);
  }

  /**
   * A lightweight transaction.
   *
   * @return empty if it was applied, else the row that stood against it
   */
  public Optional<Row> decide(String cql, @Nullable Object... values) {
    ResultSet result = run(cql, values);
    return result.wasApplied() ? Optional.empty() : Optional.ofNullable(result.one());
  }

  /** The row that lightweight transactions have agreed on. */
  public Optional<Row> decided(String cql, @Nullable Object... values) {
    try {
      CqlSession session = connection.session();
      return Optional.ofNullable(
          session
              .execute(bound(session, cql, values).setExecutionProfileName(Profiles.DECIDED))
              .one());
    } catch (CassandraUnavailableException | DriverException e) {
      throw new StoreUnavailableException("Cassandra did not answer", e);
    }
  }

  private BoundStatement bound(CqlSession session, String cql, @Nullable Object... values) {
    @Nullable PreparedStatement statement = prepared.get(cql);
    if (statement == null) {
      statement = session.prepare(cql);
      prepared.put(cql, statement);
    }
    return statement.bind(values);
  }
}
