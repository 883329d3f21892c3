package io.tributary.controlplane.fill;

import static io.tributary.settings.SettingCheck.check;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where packages are stored.
 *
 * @param endpoint the object store's S3 API, asked in path style. The control plane signs nodes'
 *     URLs with it: there it must be an address that nodes reach
 * @param region the object store's region, as it wants requests signed
 * @param credentialsFile the properties file with the object store's {@code accessKeyId} and {@code
 *     secretAccessKey}
 * @param packagesBucket the bucket of the packages
 */
public record ObjectStoreConfig(
    URI endpoint, String region, Path credentialsFile, String packagesBucket) {
  private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

  public ObjectStoreConfig {
    check(
        endpoint != null
            && String.valueOf(endpoint.getScheme()).matches("https?")
            && endpoint.getHost() != null,
        "endpoint",
        endpoint,
        "http(s)://host:port");
    check(!region.isBlank(), "region", region, "a region's name");
    check(credentialsFile != null, "credentials-file", "missing", "a file");
    check(packagesBucket.matches(BUCKET), "packages-bucket", packagesBucket, BUCKET);
  }
}
