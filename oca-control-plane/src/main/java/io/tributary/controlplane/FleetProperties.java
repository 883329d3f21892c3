package io.tributary.controlplane;

import io.tributary.bearer.IdentityConfig;
import io.tributary.bearer.Issuer;
import io.tributary.controlplane.fill.ObjectStoreConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code tributary}, the same in every service.
 *
 * @param region this copy of the cloud services
 * @param instance this process
 * @param identity whose bearer tokens are believed
 * @param cassandra where the store is
 * @param objectStore where packages are
 */
@ConfigurationProperties("tributary")
record FleetProperties(
    String region,
    String instance,
    Identity identity,
    Cassandra cassandra,
    ObjectStoreConfig objectStore) {
  /**
   * Whose bearer tokens are believed.
   *
   * @param issuers none unless set: then nobody is let through the admin door
   * @param audience that tokens must name
   */
  record Identity(@Nullable List<Issuer> issuers, String audience) {
    IdentityConfig config() {
      return new IdentityConfig(issuers == null ? List.of() : issuers, audience);
    }
  }

  /**
   * Where the store is.
   *
   * @param contactPoints {@code host:port}
   * @param localDatacenter whose nodes are asked
   * @param replication of the keyspace when it is created
   */
  record Cassandra(List<String> contactPoints, String localDatacenter, String replication) {}
}
