package io.tributary.controlplane;

import io.tributary.backends.Cassandra;
import io.tributary.backends.Kafka;
import io.tributary.backends.ServiceProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service while nobody knows where its Cassandra and its Kafka are, and afterwards. */
class UnresolvedNamesIT {
  @TempDir Path folder;

  @Test
  void itIsReadyWithoutAnAddress_andConnectsOnceThereIsOne() throws Exception {
    Cassandra cassandra = Cassandra.shared();
    try (Kafka kafka = Kafka.prepared()) {
      kafka.start();
      try (ServiceProcess service =
          ControlPlaneProcess.start(
              folder,
              "--spring.kafka.bootstrap-servers="
                  + ServiceProcess.at("kafka.test", kafka.bootstrapServers()),
              "--tributary.cassandra.contact-points="
                  + ServiceProcess.at("cassandra.test", cassandra.contactPoint()))) {
        service.awaitReady();
        service.awaitLog("event=detection-retries");
        service.awaitLog("keyspace=control event=not-connected");

        service.hosts(
            ServiceProcess.named("kafka.test", kafka.bootstrapServers()),
            ServiceProcess.named("cassandra.test", cassandra.contactPoint()));
        // It makes the topics, and then reads them.
        service.awaitLog("event=state-feed-started");
        service.awaitLog("event=verdicts-thawed");
        service.awaitLog("keyspace=control event=connected");
      }
    }
  }
}
