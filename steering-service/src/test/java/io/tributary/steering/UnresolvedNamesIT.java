package io.tributary.steering;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
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

/** The service while nobody knows where its Kafka is, and afterwards. */
class UnresolvedNamesIT {
  @TempDir Path folder;

  @Test
  void itIsReadyWithoutAnAddress_andConnectsOnceThereIsOne() throws Exception {
    try (Kafka kafka = Kafka.prepared()) {
      kafka.start();
      createTopics(kafka);
      Path playKeys =
          Files.writeString(
              folder.resolve("media-public.jwks"),
              new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("k1").generate()).toString(true));
      try (ServiceProcess service =
          new ServiceProcess(
              SteeringApplication.class,
              "--server.port=0",
              "--spring.profiles.active=local",
              "--tributary.identity.issuers[0].issuer=https://login.test",
              "--tributary.identity.issuers[0].jwks=https://login.test/jwks",
              "--steering.state-directory=" + folder,
              "--steering.face.port=0",
              "--steering.face.play-keys-file=" + playKeys,
              "--spring.kafka.bootstrap-servers="
                  + ServiceProcess.at("kafka.test", kafka.bootstrapServers()))) {
        service.awaitReady();
        service.awaitLog("feed=away");

        service.hosts(ServiceProcess.named("kafka.test", kafka.bootstrapServers()));
        service.awaitLog("feed=caught-up topic=" + Topics.NODE_VERDICTS.name());
      }
    }
  }

  private static void createTopics(Kafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(Topics.SITES.name(), 1, (short) 1),
                  new NewTopic(Topics.ROUTES.name(), 1, (short) 1),
                  new NewTopic(Topics.NODE_VERDICTS.name(), 1, (short) 1),
                  new NewTopic(Topics.NODE_HOLDINGS.name(), 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }
}
