package io.tributary.playback;

import io.tributary.bearer.IdentityConfig;
import io.tributary.playback.catalogue.ObjectStoreConfig;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code tributary.*}: what every service of a fleet is told.
 *
 * @param region this copy of the cloud services
 * @param instance this process
 * @param identity whose bearer tokens are believed
 * @param cassandra the cluster
 * @param objectStore where packages are
 */
@ConfigurationProperties("tributary")
record TributaryProperties(
    String region,
    String instance,
    IdentityConfig identity,
    Cassandra cassandra,
    ObjectStoreConfig objectStore) {
  /** See {@link io.tributary.cassandra.CassandraConfig}; the keyspace is this service's choice. */
  record Cassandra(List<String> contactPoints, String localDatacenter, String replication) {}
}
