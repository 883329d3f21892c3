package io.tributary.fleet.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/** What the fleet asks of an object store, by the client library that the services use. */
class ObjectStoreIT {

  private static final int PART_BYTES = 5 * 1024 * 1024;

  @TempDir Path folder;
  private ObjectStore store;
  private S3Client client;

  @BeforeEach
  void start() throws Exception {
    Path credentials = folder.resolve("credentials");
    Files.writeString(credentials, "accessKeyId=key\nsecretAccessKey=secret\n");
    store =
        ObjectStore.start(
            ObjectStoreSettings.parse(
                "--port=0",
                "--folder=" + folder.resolve("objects"),
                "--credentials-file=" + credentials));
    client = client("secret");
    client.createBucket(request -> request.bucket("packages"));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    store.stop();
  }

  @Test
  void aPresignedUrlFetchesRangesWithoutCredentials() throws Exception {
    client.putObject(
        request -> request.bucket("packages").key("packages/a/p1/video/1.m4s"),
        RequestBody.fromString("0123456789"));
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials("secret"))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      URI url =
          presigner
              .presignGetObject(
                  GetObjectPresignRequest.builder()
                      .signatureDuration(Duration.ofMinutes(10))
                      .getObjectRequest(
                          get -> get.bucket("packages").key("packages/a/p1/video/1.m4s"))
                      .build())
              .url()
              .toURI();

      assertThat(fetch(url, "bytes=0-")).isEqualTo("0123456789");
      assertThat(fetch(url, "bytes=3-5")).isEqualTo("345");
      assertThat(status(URI.create(url.toString().replace("1.m4s", "2.m4s")))).isEqualTo(403);
    }
  }

  @Test
  void aMultipartUploadBecomesOneObject() {
    byte[] first = new byte[PART_BYTES];
    new Random(1).nextBytes(first);
    byte[] last = {1, 2, 3};
    String upload =
        client.createMultipartUpload(r -> r.bucket("packages").key("ingests/1/source")).uploadId();
    List<CompletedPart> parts = List.of(part(upload, 1, first), part(upload, 2, last));
    client.completeMultipartUpload(r ->
        r.bucket("packages")
            .key("ingests/1/source")
            .uploadId(upload)
            .multipartUpload(m -> m.parts(parts)));

    byte[] stored =
        client
            .getObjectAsBytes(r -> r.bucket("packages").key("ingests/1/source"))
            .asByteArrayUnsafe();
    assertThat(stored).hasSize(PART_BYTES + 3).startsWith(first).endsWith(last);
  }

  @Test
  void anUploadNobodyCompletedIsFoundByItsKeyAndRemoved() {
    client.createMultipartUpload(r -> r.bucket("packages").key("ingests/2/source"));
    client.createMultipartUpload(r -> r.bucket("packages").key("ingests/1/source"));

    var uploads =
        client.listMultipartUploads(r -> r.bucket("packages").prefix("ingests/1/source")).uploads();
    assertThat(uploads).hasSize(1);
    client.abortMultipartUpload(
        r -> r.bucket("packages").key("ingests/1/source").uploadId(uploads.getFirst().uploadId()));

    assertThat(client.listMultipartUploads(r -> r.bucket("packages")).uploads())
        .extracting(upload -> upload.key())
        .containsExactly("ingests/2/source");
  }

  @Test
  void whatIsNotThereIsToldFromWhatIsNotAllowed() {
    assertThatThrownBy(() -> client.getObjectAsBytes(r -> r.bucket("packages").key("none")))
        .isInstanceOf(NoSuchKeyException.class);
    try (S3Client stranger = client("guessed")) {
      assertThatThrownBy(() -> stranger.listObjectsV2(r -> r.bucket("packages")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  private CompletedPart part(String upload, int number, byte[] bytes) {
    String tag =
        client
            .uploadPart(
                r ->
                    r.bucket("packages")
                        .key("ingests/1/source")
                        .uploadId(upload)
                        .partNumber(number),
                RequestBody.fromBytes(bytes))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  private S3Client client(String secret) {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(credentials(secret))
        .build();
  }

  private static StaticCredentialsProvider credentials(String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("key", secret));
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + store.port());
  }

  private static String fetch(URI url, String range) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(url).header("Range", range).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static int status(URI url) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding()).statusCode();
    }
  }
}
