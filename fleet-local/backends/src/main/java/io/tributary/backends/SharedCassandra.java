package io.tributary.backends;

/** Made when it is first asked for. */
final class SharedCassandra {
  static final Cassandra STARTED = started();

  private SharedCassandra() {}

  private static Cassandra started() {
    Cassandra made = Cassandra.prepared();
    Runtime.getRuntime().addShutdownHook(new Thread(made::close));
    made.start();
    return made;
  }
}
