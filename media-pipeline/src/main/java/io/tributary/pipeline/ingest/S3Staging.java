package io.tributary.pipeline.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Sources in a bucket, as {@code ingests/<ingestId>/source}; the bucket is made when missing. */
public final class S3Staging implements Staging {
  private static final int NOT_FOUND = 404;

  /** S3's own bound of parts, in pages of 1,000. */
  private static final int MAX_PAGES = 10;

  private final S3Client s3;
  private final String bucket;

  /** Keeps them in this bucket. */
  public S3Staging(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public String begin(String ingestId) {
    return asked(() -> {
      try {
        return create(ingestId);
      } catch (NoSuchBucketException _) {
        createBucket();
        return create(ingestId);
      }
    });
  }

  private String create(String ingestId) {
    return s3.createMultipartUpload(request -> request.bucket(bucket).key(key(ingestId)))
        .uploadId();
  }

  private void createBucket() {
    try {
      s3.createBucket(request -> request.bucket(bucket));
    } catch (BucketAlreadyExistsException | BucketAlreadyOwnedByYouException raced) {
      // Another replica was faster.
    }
  }

  @Override
  public void put(String ingestId, String uploadId, int number, byte[] bytes) {
    asked(() ->
        s3.uploadPart(
            request ->
                request.bucket(bucket).key(key(ingestId)).uploadId(uploadId).partNumber(number),
            RequestBody.fromBytes(bytes)));
  }

  @Override
  public List<Part> parts(String ingestId, String uploadId) {
    return asked(() -> {
      List<Part> parts = new ArrayList<>();
      Integer marker = null;
      for (int page = 0; page < MAX_PAGES; page++) {
        Integer from = marker;
        try {
          var answer =
              s3.listParts(request ->
                  request
                      .bucket(bucket)
                      .key(key(ingestId))
                      .uploadId(uploadId)
                      .partNumberMarker(from));
          answer
              .parts()
              .forEach(part -> parts.add(new Part(part.partNumber(), part.size(), part.eTag())));
          if (!Boolean.TRUE.equals(answer.isTruncated())) {
            return parts;
          }
          marker = answer.nextPartNumberMarker();
        } catch (NoSuchUploadException | NoSuchBucketException none) {
          return List.of();
        }
      }
      return parts;
    });
  }

  @Override
  public void complete(String ingestId, String uploadId, List<Part> parts) {
    List<CompletedPart> completed =
        parts.stream()
            .map(part -> CompletedPart.builder().partNumber(part.number()).eTag(part.tag()).build())
            .toList();
    asked(() ->
        s3.completeMultipartUpload(request ->
            request
                .bucket(bucket)
                .key(key(ingestId))
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(completed))));
  }

  @Override
  public OptionalLong size(String ingestId) {
    return asked(() -> {
      try {
        return OptionalLong.of(
            s3.headObject(request -> request.bucket(bucket).key(key(ingestId))).contentLength());
      } catch (S3Exception e) {
        if (e.statusCode() == NOT_FOUND) {
          return OptionalLong.empty();
        }
        throw e;
      }
    });
  }

  @Override
  public void fetch(String ingestId, Path file) throws IOException {
    InputStream body =
        asked(() -> s3.getObject(request -> request.bucket(bucket).key(key(ingestId))));
    try (body) {
      Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void delete(String ingestId) {
    String key = key(ingestId);
    asked(() -> {
      try {
        // Asked for, not remembered: what began may have ended before its id was kept.
        s3.listMultipartUploads(request -> request.bucket(bucket).prefix(key)).uploads().stream()
            .filter(upload -> upload.key().equals(key))
            .forEach(upload -> abort(key, upload.uploadId()));
        return s3.deleteObject(request -> request.bucket(bucket).key(key));
      } catch (NoSuchBucketException e) {
        return e;
      }
    });
  }

  private void abort(String key, String uploadId) {
    try {
      s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND) {
        throw e;
      }
    }
  }

  private static String key(String ingestId) {
    return "ingests/" + ingestId + "/source";
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      throw new StoreUnavailableException("object store: " + e.getMessage(), e);
    }
  }
}
