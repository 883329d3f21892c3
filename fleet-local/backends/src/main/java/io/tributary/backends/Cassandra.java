package io.tributary.backends;

/**
 * A real Cassandra of one node for integration tests, on a port of this machine that stays its own
 * until it is closed. It goes with its data.
 *
 * <p>Use {@link #shared()} unless the test stops or freezes it: one a test JVM.
 */
public sealed interface Cassandra extends AutoCloseable
    permits CassandraProcess, CassandraContainer {
  /** One that runs and ends with the test JVM; tests take keyspaces of their own in it. */
  static Cassandra shared() {
    return SharedCassandra.STARTED;
  }

  /** One that is not started yet, with its port chosen. */
  static Cassandra prepared() {
    return switch (Backends.kind()) {
      case CONTAINERS -> new CassandraContainer();
      case PROCESSES -> new CassandraProcess();
    };
  }

  /** Where CQL is spoken, as {@code host:port}. */
  String contactPoint();

  /** Starts it, or starts it again with its data, unless it runs; waits until it takes clients. */
  void start();

  /** Ends it as {@code kill -9} does; {@link #start()} brings it back. */
  void kill();

  /** Stops it in its tracks: it accepts connections and answers nothing. */
  void freeze();

  /** Ends a {@link #freeze()}. */
  void thaw();

  @Override
  void close();
}
