package io.tributary.playback.catalogue;

import java.net.URI;

/**
 * Where published packages are.
 *
 * @param endpoint of an S3 API, asked in path style
 * @param region that requests are signed for
 * @param credentialsFile a properties file with {@code accessKeyId} and {@code secretAccessKey};
 *     read when first needed
 * @param packagesBucket the bucket
 */
public record ObjectStoreConfig(
    URI endpoint, String region, String credentialsFile, String packagesBucket) {
  /** The defaults of {@code tributary.object-store.*}. */
  public static final ObjectStoreConfig DEFAULTS =
      new ObjectStoreConfig(
          URI.create("http://127.0.0.1:9000"), "us-east-1", "credentials.properties", "packages");

  public ObjectStoreConfig {
    if (endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "endpoint is " + endpoint + " (expected: http://host:port or https://host)");
    }
    if (packagesBucket.isBlank()) {
      throw new IllegalArgumentException("packages-bucket is empty (expected: a bucket's name)");
    }
  }
}
