package io.tributary.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.auth.AuthProvider;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import com.datastax.oss.driver.internal.core.pool.ChannelPool;
import com.datastax.oss.driver.internal.core.session.DefaultSession;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's connection to its keyspace, made in the background and for ever tried again, so that
 * a service starts and is ready with Cassandra down.
 *
 * <p>Once connected it survives Cassandra going away and coming back: the driver reconnects by
 * itself, and {@link #session()} refuses meanwhile. The control host keeps the address it was
 * reached at, whatever address it announces itself, so a proxy or a port mapping may stand between.
 *
 * <p>Safe for use by many threads.
 */
public final class CassandraConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CassandraConnection.class);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(20);

  /** A dead or frozen node's connection is found and dropped after at most their sum. */
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(3);

  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(1);

  /** As many as the driver would allow; over it a request is refused at once. */
  private static final int MAX_REQUESTS_A_CONNECTION = 1_024;

  private static final Duration FIRST_RETRY = Duration.ofMillis(500);

  /** Short, because a service that cannot reach its store is what an operator waits for. */
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private final CassandraConfig config;
  private final String keyspace;
  private final SchemaMigrations migrations;
  private final @Nullable AuthProvider authProvider;
  private final @Nullable SslEngineFactory encryption;
  private final Thread connecting;
  private final List<Consumer<CqlSession>> listeners = new ArrayList<>();
  private final Object lock = new Object();
  private volatile @Nullable CqlSession session;
  private volatile @Nullable Exception lastFailure;
  private volatile boolean closed;

  private CassandraConnection(CassandraConfig config, Schema schema) throws IOException {
    this.config = config;
    this.keyspace = schema.keyspace();
    this.migrations = SchemaMigrations.of(schema.folder());
    this.authProvider = config.security().authProvider();
    this.encryption = config.security().encryption();
    this.connecting =
        Thread.ofPlatform().daemon().name("cassandra-connect-" + keyspace).unstarted(this::connect);
  }

  /**
   * Starts connecting and returns at once.
   *
   * @param schema applied before {@link #session()} gives the session out
   * @throws IOException if a file that a setting names cannot be used; says which
   */
  public static CassandraConnection open(CassandraConfig config, Schema schema) throws IOException {
    CassandraConnection connection = new CassandraConnection(config, schema);
    connection.connecting.start();
    return connection;
  }

  /**
   * Makes the keyspace and its schema and ends: for who wants that done before a service comes.
   * Harmless beside services that start meanwhile and do the same.
   *
   * @param patience for Cassandra to be reached
   * @throws CassandraUnavailableException if it was not
   * @throws IllegalStateException if an applied file was changed
   * @throws IOException if a file that a setting names cannot be used; says which
   */
  public static void migrate(CassandraConfig config, Schema schema, Duration patience)
      throws InterruptedException, IOException {
    CassandraConnection connection = new CassandraConnection(config, schema);
    long deadline = System.nanoTime() + patience.toNanos();
    Duration pause = FIRST_RETRY;
    while (true) {
      try (CqlSession _ = connection.openMigrated()) {
        LOG.info("keyspace={} event=migrated at={}", schema.keyspace(), config.contactPoints());
        return;
      } catch (DriverException failure) {
        connection.note(failure);
        if (System.nanoTime() - deadline >= 0) {
          throw new CassandraUnavailableException(
              "Cassandra was not reached in " + patience.toSeconds() + " s", failure);
        }
      }
      Thread.sleep(pause);
      pause = longer(pause);
    }
  }

  /**
   * The session, bound to the keyspace, with its schema in place.
   *
   * @throws CassandraUnavailableException at once, while no node can be asked
   */
  public CqlSession session() {
    CqlSession current = session;
    if (current == null) {
      throw new CassandraUnavailableException("Cassandra was not reached yet", lastFailure);
    }
    if (!hasOpenConnection(current)) {
      throw new CassandraUnavailableException("no connection to Cassandra is open", null);
    }
    return current;
  }

  /** Whether {@link #session()} would give a session out now. */
  public boolean isConnected() {
    CqlSession current = session;
    return current != null && hasOpenConnection(current);
  }

  /** How many requests wait for an answer now. */
  public int requestsInFlight() {
    return pools().mapToInt(ChannelPool::getInFlight).sum();
  }

  /** How many may wait at once, over the connections that are open now; more are refused. */
  public int maxRequestsInFlight() {
    return pools().mapToInt(ChannelPool::size).sum() * MAX_REQUESTS_A_CONNECTION;
  }

  private Stream<ChannelPool> pools() {
    CqlSession current = session;
    return current == null ? Stream.empty() : pools(current);
  }

  /**
   * Calls {@code listener} once, when the first connection is made and the schema in place; at once
   * where that has been. On the connecting thread or the caller's; what it throws is logged.
   */
  public void whenConnected(Consumer<CqlSession> listener) {
    CqlSession current;
    synchronized (lock) {
      current = session;
      if (current == null) {
        listeners.add(listener);
      }
    }
    if (current != null) {
      tell(listener, current);
    }
  }

  /** Ends the session, or the attempts to make one. */
  @Override
  public void close() {
    closed = true;
    connecting.interrupt();
    CqlSession current;
    synchronized (lock) {
      current = session;
    }
    if (current != null) {
      current.close();
    }
  }

  private void connect() {
    Duration pause = FIRST_RETRY;
    while (!closed) {
      try {
        CqlSession made = openMigrated();
        List<Consumer<CqlSession>> waiting;
        synchronized (lock) {
          session = made;
          waiting = List.copyOf(listeners);
          listeners.clear();
        }
        if (closed) {
          made.close();
          return;
        }
        LOG.info("keyspace={} event=connected at={}", keyspace, config.contactPoints());
        waiting.forEach(listener -> tell(listener, made));
        return;
      } catch (RuntimeException failure) {
        note(failure);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException _) {
        return;
      }
      pause = longer(pause);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY;
  }

  /** The same failure again and again is worth one line. */
  private void note(Exception failure) {
    Exception before = lastFailure;
    lastFailure = failure;
    if (closed) {
      return;
    }
    // The messages of one cause differ by object ids and ports.
    boolean isNews = before == null || !kind(before).equals(kind(failure));
    if (isNews) {
      LOG.warn("keyspace={} event=not-connected cause=\"{}\"", keyspace, failure.getMessage());
    }
  }

  /** A password that is refused is another thing than a node that is not there. */
  private static Class<?> kind(Throwable failure) {
    Throwable cause =
        failure instanceof AllNodesFailedException all
            ? all.getAllErrors().values().stream().flatMap(List::stream).findFirst().orElse(failure)
            : failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass();
  }

  private CqlSession openMigrated() {
    CqlSession made;
    try {
      made = builder().withKeyspace(CqlIdentifier.fromInternal(keyspace)).build();
    } catch (InvalidKeyspaceException _) {
      try (CqlSession bare = builder().build()) {
        SchemaMigrations.createKeyspace(bare, keyspace, config);
      }
      made = builder().withKeyspace(CqlIdentifier.fromInternal(keyspace)).build();
    }
    try {
      migrations.apply(made);
      return made;
    } catch (RuntimeException failure) {
      made.close();
      throw failure;
    }
  }

  private CqlSessionBuilder builder() {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withLocalDatacenter(config.localDatacenter())
            .withConfigLoader(driverConfig())
            .addContactEndPoints(config.endPoints(InetAddress::getAllByName));
    if (authProvider != null) {
      builder.withAuthProvider(authProvider);
    }
    if (encryption != null) {
      builder.withSslEngineFactory(encryption);
    }
    return builder;
  }

  private DriverConfigLoader driverConfig() {
    return DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.SESSION_NAME, keyspace)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_TIMEOUT)
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
        .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, REQUEST_TIMEOUT)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(5))
        .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, MAX_REQUESTS_A_CONNECTION)
        .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, HEARTBEAT_INTERVAL)
        .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT)
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, FIRST_RETRY)
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, LAST_RETRY)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(5))
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, SCHEMA_TIMEOUT)
        // Only what token-aware routing needs: this service's own keyspace.
        .withStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(keyspace))
        // A service's statements are few and small.
        .withInt(DefaultDriverOption.NETTY_IO_SIZE, 2)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
        .startProfile(Profiles.RELAXED)
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_ONE")
        .endProfile()
        .startProfile(Profiles.DECIDED)
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "SERIAL")
        .endProfile()
        .startProfile(Profiles.SCHEMA)
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, SCHEMA_TIMEOUT)
        .endProfile()
        .build();
  }

  /** A node's count of open connections would not do: it has the control connection in it. */
  private static boolean hasOpenConnection(CqlSession session) {
    return pools(session).anyMatch(pool -> pool.size() > 0);
  }

  private static Stream<ChannelPool> pools(CqlSession session) {
    return ((DefaultSession) session).getPools().values().stream();
  }

  private void tell(Consumer<CqlSession> listener, CqlSession made) {
    try {
      listener.accept(made);
    } catch (RuntimeException failure) {
      LOG.error("keyspace={} event=listener-failed", keyspace, failure);
    }
  }
}
