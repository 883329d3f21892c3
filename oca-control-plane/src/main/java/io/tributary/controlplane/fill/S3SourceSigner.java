package io.tributary.controlplane.fill;

import io.tributary.contracts.media.PackageRef;
import io.tributary.settings.ObjectStoreCredentials;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * {@link SourceSigner} for any S3 API, with paths that carry the bucket. Signing is arithmetic: the
 * object store is not asked. Made at first use, because loading the library takes longer than all
 * the rest of start-up.
 */
public final class S3SourceSigner implements SourceSigner, AutoCloseable {
  private final ObjectStoreConfig config;
  private final ObjectStoreCredentials credentials;
  private @Nullable S3Presigner presigner;

  public S3SourceSigner(ObjectStoreConfig config, ObjectStoreCredentials credentials) {
    this.config = config;
    this.credentials = credentials;
  }

  @Override
  public String sign(PackageRef ref, String path, Duration lifetime) {
    String key = "packages/" + ref.path() + "/" + path;
    return presigner()
        .presignGetObject(request ->
            request
                .signatureDuration(lifetime)
                .getObjectRequest(get -> get.bucket(config.packagesBucket()).key(key)))
        .url()
        .toString();
  }

  private synchronized S3Presigner presigner() {
    if (presigner == null) {
      presigner =
          S3Presigner.builder()
              .endpointOverride(config.endpoint())
              .region(Region.of(config.region()))
              .credentialsProvider(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create(
                          credentials.accessKeyId(), credentials.secretAccessKey())))
              .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
              .build();
    }
    return presigner;
  }

  @Override
  public synchronized void close() {
    if (presigner != null) {
      presigner.close();
    }
  }
}
