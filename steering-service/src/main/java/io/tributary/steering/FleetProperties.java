package io.tributary.steering;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code tributary}, which every service of a fleet has.
 *
 * @param region the name of this copy of the cloud services
 */
@ConfigurationProperties(prefix = "tributary", ignoreUnknownFields = false)
record FleetProperties(String region) {
  private static final String REGION = "[a-z0-9][a-z0-9-]{0,63}";

  FleetProperties {
    if (!region.matches(REGION)) {
      throw new IllegalArgumentException("region is " + region + " (expected: " + REGION + ")");
    }
  }
}
