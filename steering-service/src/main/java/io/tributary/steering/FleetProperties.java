package io.tributary.steering;

import static io.tributary.settings.SettingCheck.check;

import io.tributary.bearer.IdentityConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code tributary}, which every service of a fleet has.
 *
 * @param region the name of this copy of the cloud services
 * @param identity whose bearer tokens are believed
 */
@ConfigurationProperties(prefix = "tributary", ignoreUnknownFields = false)
record FleetProperties(String region, IdentityConfig identity) {
  private static final String REGION = "[a-z0-9][a-z0-9-]{0,63}";

  FleetProperties {
    check(region.matches(REGION), "region", region, REGION);
  }
}
