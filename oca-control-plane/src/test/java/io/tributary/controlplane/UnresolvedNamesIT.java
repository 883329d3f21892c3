package io.tributary.controlplane;

import io.tributary.backends.Cassandra;
import io.tributary.backends.Kafka;
import io.tributary.backends.ServiceProcess;
import io.tributary.controlplane.identity.AuthorityConfig;
import io.tributary.controlplane.identity.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service while nobody knows where its Cassandra and its Kafka are, and afterwards. */
class UnresolvedNamesIT {
  @TempDir Path folder;

  @Test
  void itIsReadyWithoutAnAddress_andConnectsOnceThereIsOne() throws Exception {
    AuthorityConfig authority = TestAuthority.in(folder).config();
    Path mediaKeys = Files.writeString(folder.resolve("media-public.jwks"), NodeDoorIT.MEDIA_KEYS);
    Path credentials =
        Files.writeString(
            folder.resolve("object-store.properties"), "accessKeyId=id\nsecretAccessKey=secret\n");
    Cassandra cassandra = Cassandra.shared();
    try (Kafka kafka = Kafka.prepared()) {
      kafka.start();
      try (ServiceProcess service =
          new ServiceProcess(
              ControlPlaneApplication.class,
              "--server.port=0",
              "--spring.profiles.active=local",
              "--tributary.identity.issuers[0].issuer=https://login.test",
              "--tributary.identity.issuers[0].jwks=https://login.test/jwks",
              "--control-plane.media-token-keys-file=" + mediaKeys,
              "--tributary.object-store.credentials-file=" + credentials,
              "--control-plane.node-door.port=0",
              "--control-plane.authority.key-store-file=" + authority.keyStoreFile(),
              "--control-plane.authority.password-file=" + authority.passwordFile(),
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
