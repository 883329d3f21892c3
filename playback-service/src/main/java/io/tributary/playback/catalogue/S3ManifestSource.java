package io.tributary.playback.catalogue;

import io.tributary.settings.ObjectStoreCredentials;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Manifests in the object store. The client is made at first use: start-up needs none. */
public final class S3ManifestSource implements ManifestSource {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

  private final ObjectStoreConfig config;
  private final ObjectStoreCredentials credentials;
  private @Nullable S3Client client;

  public S3ManifestSource(ObjectStoreConfig config, ObjectStoreCredentials credentials) {
    this.config = config;
    this.credentials = credentials;
  }

  @Override
  public byte[] fetch(String key) throws IOException {
    try {
      return client()
          .getObjectAsBytes(
              GetObjectRequest.builder().bucket(config.packagesBucket()).key(key).build())
          .asByteArray();
    } catch (SdkException failure) {
      throw new IOException("object " + key + " was not read: " + failure.getMessage(), failure);
    }
  }

  private synchronized S3Client client() {
    S3Client made = client;
    if (made == null) {
      made = connect();
      client = made;
    }
    return made;
  }

  private S3Client connect() {
    return S3Client.builder()
        .endpointOverride(config.endpoint())
        .region(Region.of(config.region()))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    credentials.accessKeyId(), credentials.secretAccessKey())))
        .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT))
        .overrideConfiguration(settings -> settings.apiCallTimeout(CALL_TIMEOUT))
        .build();
  }
}
