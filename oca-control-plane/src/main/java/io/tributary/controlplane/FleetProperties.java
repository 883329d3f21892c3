package io.tributary.controlplane;

import static io.tributary.settings.SettingCheck.check;

import io.tributary.bearer.IdentityConfig;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.controlplane.fill.ObjectStoreConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code tributary}, the same in every service.
 *
 * @param region the name of this copy of the cloud services
 * @param instance the name of this process, another one for each; told in logs and leases
 * @param identity whose bearer tokens are believed
 * @param cassandra where the store is
 * @param objectStore where packages are
 */
@ConfigurationProperties(prefix = "tributary", ignoreUnknownFields = false)
record FleetProperties(
    String region,
    String instance,
    IdentityConfig identity,
    CassandraConfig cassandra,
    ObjectStoreConfig objectStore) {
  private static final String REGION = "[a-z0-9][a-z0-9-]{0,63}";
  private static final String INSTANCE = "[A-Za-z0-9][A-Za-z0-9._-]{0,252}";

  FleetProperties {
    check(region.matches(REGION), "region", region, REGION);
    check(instance.matches(INSTANCE), "instance", instance, INSTANCE);
  }
}
