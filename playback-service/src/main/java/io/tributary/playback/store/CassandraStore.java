package io.tributary.playback.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraUnavailableException;
import io.tributary.cassandra.Profiles;
import io.tributary.playback.breaker.Breaker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Prepared statements against the service's keyspace, in the two tempers that this service has:
 * what a viewer waits for is given half a second, what nobody waits for two.
 *
 * <p>Safe for use by many threads.
 */
public final class CassandraStore {
  /** A viewer waits: enough for any healthy answer, and a stale one is better than a late one. */
  private static final Duration VIEWERS_PATIENCE = Duration.ofMillis(450);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A frozen store costs one request a second its patience, and its return is soon seen. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final CassandraConnection connection;
  private final Breaker breaker;
  private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

  public CassandraStore(CassandraConnection connection, InstantSource time) {
    this.connection = connection;
    this.breaker = new Breaker(PAUSE, time);
  }

  /**
   * Reads one partition for a viewer who waits, at {@code LOCAL_ONE}.
   *
   * @throws StoreAwayException at once while the store is away, after 450 ms where it is silent
   */
  public ResultSet readQuickly(String cql, Object... values) {
    if (!breaker.mayAsk()) {
      throw new StoreAwayException("Cassandra did not answer a moment ago");
    }
    try {
      ResultSet rows = run(VIEWERS_PATIENCE, Profiles.RELAXED, cql, values);
      breaker.answered();
      return rows;
    } catch (StoreAwayException away) {
      breaker.failed();
      throw away;
    }
  }

  /**
   * Reads or writes at {@code LOCAL_QUORUM}, so that what was written before is seen.
   *
   * @throws StoreAwayException at once while the store is away, after 2 s where it is silent
   */
  public ResultSet run(String cql, @Nullable Object... values) {
    return run(PATIENCE, null, cql, values);
  }

  /** Writes in the background: nobody waits, and what fails is told to nobody. */
  public void writeSoon(String cql, @Nullable Object... values) {
    try {
      CqlSession session = connection.session();
      PreparedStatement known = prepared.get(cql);
      CompletionStage<PreparedStatement> statement =
          known == null
              ? session.prepareAsync(SimpleStatement.newInstance(cql).setTimeout(PATIENCE))
              : CompletableFuture.completedStage(known);
      CompletionStage<?> _ =
          statement.thenCompose(ready -> {
            prepared.put(cql, ready);
            return session.executeAsync(ready.bind(values).setTimeout(PATIENCE));
          });
    } catch (CassandraUnavailableException | DriverException _) {
      // What is written so is worth less than the answer it would delay.
    }
  }

  private ResultSet run(
      Duration patience, @Nullable String profile, String cql, @Nullable Object... values) {
    try {
      CqlSession session = connection.session();
      Statement<?> statement = bind(session, patience, cql, values);
      return session.execute(
          profile == null ? statement : statement.setExecutionProfileName(profile));
    } catch (CassandraUnavailableException | DriverException failure) {
      throw new StoreAwayException("Cassandra is away: " + failure.getMessage(), failure);
    }
  }

  private BoundStatement bind(
      CqlSession session, Duration patience, String cql, @Nullable Object... values) {
    PreparedStatement statement = prepared.get(cql);
    if (statement == null) {
      statement = session.prepare(SimpleStatement.newInstance(cql).setTimeout(patience));
      prepared.put(cql, statement);
    }
    return statement.bind(values).setTimeout(patience).setIdempotent(true);
  }
}
