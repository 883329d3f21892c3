package io.tributary.backends;

import java.util.Map;

/** {@link Cassandra} of the official image, or of one that understands its variables. */
final class CassandraContainer implements Cassandra {
  private static final String IMAGE =
      Backends.setting("tributary.cassandra.image", "CASSANDRA_IMAGE").orElse("cassandra:5.0");

  private final int port = ForkedJvm.freePorts(1).getFirst();
  private final BackendContainer container =
      new BackendContainer(
          IMAGE,
          port,
          9042,
          Map.of(
              "CASSANDRA_DC",
              CassandraSettings.DATA_CENTRE,
              "CASSANDRA_ENDPOINT_SNITCH",
              "GossipingPropertyFileSnitch",
              "MAX_HEAP_SIZE",
              "384M",
              "HEAP_NEWSIZE",
              "96M",
              // Nobody else is there to gossip with.
              "JVM_EXTRA_OPTS",
              "-Dcassandra.skip_wait_for_gossip_to_settle=0 -Dcassandra.ring_delay_ms=0"),
          Greeting.CQL);

  @Override
  public String contactPoint() {
    return BackendContainer.host() + ":" + port;
  }

  @Override
  public void start() {
    Backends.used("Cassandra is a container of " + IMAGE);
    container.start();
  }

  @Override
  public void kill() {
    container.kill();
  }

  @Override
  public void freeze() {
    container.freeze();
  }

  @Override
  public void thaw() {
    container.thaw();
  }

  @Override
  public void close() {
    container.close();
  }
}
