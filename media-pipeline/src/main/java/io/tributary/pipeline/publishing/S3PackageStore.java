package io.tributary.pipeline.publishing;

import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.pipeline.ingest.StoreUnavailableException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Packages in a bucket, as {@code packages/<titleId>/<packageVersion>/…}; the bucket is made when
 * missing.
 */
public final class S3PackageStore implements PackageStore {
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final String bucket;

  /** Keeps them in this bucket. */
  public S3PackageStore(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public Optional<byte[]> manifest(PackageRef ref) {
    String key = PackageStore.key(ref, PackageManifest.FILE_NAME);
    return asked(() -> {
      try {
        return Optional.of(
            s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray());
      } catch (S3Exception e) {
        if (e.statusCode() == NOT_FOUND) {
          return Optional.empty();
        }
        throw e;
      }
    });
  }

  @Override
  public void put(PackageRef ref, String path, byte[] bytes) {
    asked(() -> {
      try {
        return write(ref, path, bytes);
      } catch (NoSuchBucketException _) {
        createBucket();
        return write(ref, path, bytes);
      }
    });
  }

  private Object write(PackageRef ref, String path, byte[] bytes) {
    return s3.putObject(
        request ->
            request.bucket(bucket).key(PackageStore.key(ref, path)).contentType(contentType(path)),
        RequestBody.fromBytes(bytes));
  }

  private static String contentType(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "json" -> "application/json";
      case "m3u8" -> "application/vnd.apple.mpegurl";
      default -> "video/mp4";
    };
  }

  private void createBucket() {
    try {
      s3.createBucket(request -> request.bucket(bucket));
    } catch (BucketAlreadyExistsException | BucketAlreadyOwnedByYouException raced) {
      // Another replica was faster.
    }
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      throw new StoreUnavailableException("object store: " + e.getMessage(), e);
    }
  }
}
