package io.tributary.controlplane.identity;

import static io.tributary.settings.SettingCheck.check;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the authority's keys are, and how long it vouches.
 *
 * @param keyStoreFile the file of the PKCS #12 key store with the aliases {@code authority} (the
 *     authority's key and certificate) and {@code node-door} (the node door's key and chain)
 * @param passwordFile the file whose first line opens the key store
 * @param certificateLifetime how long a node's certificate is good; nodes renew at two thirds of it
 */
public record AuthorityConfig(Path keyStoreFile, Path passwordFile, Duration certificateLifetime) {
  public AuthorityConfig {
    check(keyStoreFile != null, "key-store-file", "missing", "a file");
    check(passwordFile != null, "password-file", "missing", "a file");
    check(
        certificateLifetime.compareTo(Duration.ofMinutes(1)) >= 0
            && certificateLifetime.compareTo(Duration.ofDays(90)) <= 0,
        "certificate-lifetime",
        certificateLifetime,
        "1m to 90d");
  }
}
