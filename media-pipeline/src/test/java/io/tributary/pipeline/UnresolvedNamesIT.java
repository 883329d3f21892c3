package io.tributary.pipeline;

import io.tributary.backends.Cassandra;
import io.tributary.backends.Kafka;
import io.tributary.backends.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service while nobody knows where its Cassandra and its Kafka are, and afterwards. */
class UnresolvedNamesIT {
  @TempDir Path folder;

  @Test
  void itIsReadyWithoutAnAddress_andConnectsOnceThereIsOne() throws Exception {
    Files.writeString(folder.resolve("credentials"), "accessKeyId=key\nsecretAccessKey=secret\n");
    Cassandra cassandra = Cassandra.shared();
    try (Kafka kafka = Kafka.prepared()) {
      kafka.start();
      try (ServiceProcess service =
              new ServiceProcess(
                  PipelineApplication.class,
                  "--server.port=0",
                  "--spring.profiles.active=local",
                  "--tributary.identity.issuers[0].issuer=https://login.test",
                  "--tributary.identity.issuers[0].jwks=https://login.test/jwks",
                  "--pipeline.work-directory=" + folder.resolve("work"),
                  "--tributary.object-store.credentials-file=" + folder.resolve("credentials"),
                  "--spring.kafka.bootstrap-servers="
                      + ServiceProcess.at("kafka.test", kafka.bootstrapServers()),
                  "--tributary.cassandra.contact-points="
                      + ServiceProcess.at("cassandra.test", cassandra.contactPoint()));
          Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        service.awaitReady();
        service.awaitLog("event=wakes-failed");
        service.awaitLog("keyspace=media event=not-connected");

        service.hosts(
            ServiceProcess.named("kafka.test", kafka.bootstrapServers()),
            ServiceProcess.named("cassandra.test", cassandra.contactPoint()));
        service.awaitLog("keyspace=media event=connected");
        service.await(
            "the workers' group",
            () ->
                admin.listGroups().all().get(30, TimeUnit.SECONDS).stream()
                    .anyMatch(group -> group.groupId().equals("media-pipeline")));
      }
    }
  }
}
