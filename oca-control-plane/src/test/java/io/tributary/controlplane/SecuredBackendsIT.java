package io.tributary.controlplane;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.backends.CassandraSettings;
import io.tributary.backends.SecuredBackends;
import io.tributary.backends.ServiceProcess;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraSecurity;
import io.tributary.cassandra.CassandraUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Cassandra and a Kafka that speak TLS alone and want a password. */
class SecuredBackendsIT {
  @TempDir Path folder;

  @Test
  void theServiceShowsItsPasswordsAndVerifiesCertificates() throws Exception {
    try (SecuredBackends backends = new SecuredBackends()) {
      try (ServiceProcess service =
          ControlPlaneProcess.start(
              folder,
              "--spring.kafka.bootstrap-servers=" + backends.bootstrapServers(),
              "--spring.kafka.client-properties-file=" + backends.kafkaClientProperties(),
              "--tributary.cassandra.contact-points=" + backends.contactPoint(),
              "--tributary.cassandra.security.credentials-folder="
                  + backends.cassandraCredentials(),
              "--tributary.cassandra.security.ca-file=" + backends.authorities())) {
        service.awaitReady();
        service.awaitLog("event=state-feed-started");
        service.awaitLog("event=verdicts-thawed");
        service.awaitLog("keyspace=control event=connected");
      }
      String otherName = "localhost" + backends.contactPoint().substring("127.0.0.1".length());
      migrate(otherName, security(backends, backends.cassandraCredentials(), false));
      assertRefused(otherName, security(backends, backends.cassandraCredentials(), true));
      Path wrong = Files.createDirectories(folder.resolve("wrong"));
      Files.writeString(wrong.resolve("username"), "cassandra");
      Files.writeString(wrong.resolve("password"), "wrong");
      assertRefused(backends.contactPoint(), security(backends, wrong, true));
      assertRefused(backends.contactPoint(), CassandraSecurity.NONE);
    }
  }

  private static CassandraSecurity security(
      SecuredBackends backends, Path credentials, boolean verifyHost) {
    return new CassandraSecurity(
        credentials.toString(), backends.authorities().toString(), verifyHost);
  }

  private static void assertRefused(String contactPoint, CassandraSecurity security) {
    assertThatThrownBy(() -> migrate(contactPoint, security))
        .isInstanceOf(CassandraUnavailableException.class);
  }

  private static void migrate(String contactPoint, CassandraSecurity security) throws Exception {
    CassandraConnection.migrate(
        new CassandraConfig(
            List.of(contactPoint),
            CassandraSettings.DATA_CENTRE,
            CassandraSettings.REPLICATION,
            security),
        StateWiring.SCHEMA,
        Duration.ZERO);
  }
}
