package io.tributary.playback;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.tributary.backends.Cassandra;
import io.tributary.backends.Kafka;
import io.tributary.backends.ServiceProcess;
import io.tributary.contracts.event.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service while nobody knows where its Cassandra, Kafka and steering are, and afterwards. */
class UnresolvedNamesIT {
  @TempDir Path folder;

  @Test
  void itIsReadyWithoutAnAddress_andConnectsOnceThereIsOne() throws Exception {
    Path credentials =
        Files.writeString(
            folder.resolve("object-store.properties"), "accessKeyId=id\nsecretAccessKey=secret\n");
    Files.writeString(
        folder.resolve("keys"),
        new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k").generate()).toString(false));
    Cassandra cassandra = Cassandra.shared();
    try (Kafka kafka = Kafka.prepared()) {
      kafka.start();
      createTopics(kafka);
      try (ServiceProcess service =
          new ServiceProcess(
              PlaybackApplication.class,
              "--server.port=0",
              "--playback.admin.port=0",
              "--spring.profiles.active=local",
              "--tributary.identity.issuers[0].issuer=https://login.test",
              "--tributary.identity.issuers[0].jwks=https://login.test/jwks",
              "--tributary.object-store.credentials-file=" + credentials,
              "--playback.signing-keys-file=" + folder.resolve("keys"),
              "--playback.state-directory=" + folder.resolve("state"),
              "--playback.steering-urls=http://steering.test:8083",
              "--playback.steering-resolve-interval=1s",
              "--spring.kafka.bootstrap-servers="
                  + ServiceProcess.at("kafka.test", kafka.bootstrapServers()),
              "--tributary.cassandra.contact-points="
                  + ServiceProcess.at("cassandra.test", cassandra.contactPoint()))) {
        service.awaitReady();
        service.awaitLog("host=steering.test event=not-resolved");
        service.awaitLog("event=catalogue-feed-broken");
        service.awaitLog("event=producer-broken");
        service.awaitLog("keyspace=playback event=not-connected");

        service.hosts(
            "127.0.0.1 steering.test",
            ServiceProcess.named("kafka.test", kafka.bootstrapServers()),
            // A node that is gone, before the one that is there.
            "127.0.0.9 cassandra.test",
            ServiceProcess.named("cassandra.test", cassandra.contactPoint()));
        service.awaitLog("host=steering.test event=resolved");
        service.awaitLog("event=catalogue-feed-reads");
        service.awaitLog("keyspace=playback event=connected");
      }
    }
  }

  private static void createTopics(Kafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(Topics.PACKAGES.name(), 1, (short) 1),
                  new NewTopic(Topics.PLACEMENTS.name(), 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }
}
