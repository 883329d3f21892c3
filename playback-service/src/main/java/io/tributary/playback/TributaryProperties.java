package io.tributary.playback;

import static io.tributary.settings.SettingCheck.check;

import io.tributary.bearer.IdentityConfig;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.playback.catalogue.ObjectStoreConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code tributary.*}: what every service of a fleet is told.
 *
 * @param region the name of this copy of the cloud services
 * @param identity whose bearer tokens are believed
 * @param cassandra the cluster
 * @param objectStore where packages are
 */
@ConfigurationProperties(prefix = "tributary", ignoreUnknownFields = false)
record TributaryProperties(
    String region,
    IdentityConfig identity,
    CassandraConfig cassandra,
    ObjectStoreConfig objectStore) {
  private static final String REGION = "[a-z0-9][a-z0-9-]{0,63}";

  TributaryProperties {
    check(region.matches(REGION), "region", region, REGION);
  }
}
