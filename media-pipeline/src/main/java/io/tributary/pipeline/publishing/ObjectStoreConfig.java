package io.tributary.pipeline.publishing;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where the object store is.
 *
 * @param endpoint of its S3 API, path-style
 * @param region as it wants requests signed
 * @param credentialsFile see {@link CredentialsFile}
 * @param packagesBucket for packages
 * @param stagingBucket for sources
 */
public record ObjectStoreConfig(
    URI endpoint,
    String region,
    Path credentialsFile,
    String packagesBucket,
    String stagingBucket) {
  private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

  public ObjectStoreConfig {
    check(
        endpoint.getHost() != null && String.valueOf(endpoint.getScheme()).matches("https?"),
        "endpoint",
        endpoint,
        "http://host:port");
    check(!region.isBlank(), "region", region, "a region's name");
    check(packagesBucket.matches(BUCKET), "packages-bucket", packagesBucket, BUCKET);
    check(stagingBucket.matches(BUCKET), "staging-bucket", stagingBucket, BUCKET);
  }

  private static void check(boolean isGood, String name, Object value, String expected) {
    if (!isGood) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: " + expected + ")");
    }
  }
}
