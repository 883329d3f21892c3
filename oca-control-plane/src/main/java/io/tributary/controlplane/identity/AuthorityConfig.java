package io.tributary.controlplane.identity;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the authority's keys are, and how long it vouches.
 *
 * @param keyStoreFile PKCS #12 with the aliases {@code authority} (the authority's key and
 *     certificate) and {@code node-door} (the node door's key and chain)
 * @param passwordFile its first line opens the key store
 * @param certificateLifetime of a node's certificate, 1 minute to 90 days
 */
public record AuthorityConfig(Path keyStoreFile, Path passwordFile, Duration certificateLifetime) {
  public AuthorityConfig {
    if (certificateLifetime.compareTo(Duration.ofMinutes(1)) < 0
        || certificateLifetime.compareTo(Duration.ofDays(90)) > 0) {
      throw new IllegalArgumentException(
          "certificate-lifetime is " + certificateLifetime + " (expected: 1m to 90d)");
    }
  }
}
