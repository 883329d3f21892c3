package io.tributary.controlplane;

import io.tributary.backends.Cassandra;
import io.tributary.backends.CassandraSettings;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service within the test's own process, over the tests' Cassandra. */
final class ControlPlaneContext {
  private ControlPlaneContext() {}

  /**
   * Starts it.
   *
   * @param folder for its secrets
   * @param kafkaServers where Kafka is, or is not
   */
  static ConfigurableApplicationContext start(Path folder, String kafkaServers) throws Exception {
    return SpringApplication.run(
        ControlPlaneApplication.class,
        ControlPlaneProcess.settings(
            folder,
            "--management.server.port=0",
            "--tributary.cassandra.contact-points=" + Cassandra.shared().contactPoint(),
            "--tributary.cassandra.local-datacenter=" + CassandraSettings.DATA_CENTRE,
            "--tributary.cassandra.replication=" + CassandraSettings.REPLICATION,
            "--spring.kafka.bootstrap-servers=" + kafkaServers));
  }
}
