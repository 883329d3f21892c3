package io.tributary.pipeline.transcoding;

import io.tributary.backends.CassandraSettings;
import io.tributary.cassandra.CassandraConfig;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.cassandra.CassandraSecurity;
import io.tributary.cassandra.Schema;
import io.tributary.contracts.media.PackageRef;
import io.tributary.pipeline.ffmpeg.Ffmpeg;
import io.tributary.pipeline.ffmpeg.ToolRuns;
import io.tributary.pipeline.ingest.CassandraIngests;
import io.tributary.pipeline.ingest.IngestConfig;
import io.tributary.pipeline.ingest.S3Staging;
import io.tributary.pipeline.packaging.PackagingConfig;
import io.tributary.pipeline.publishing.CredentialsFile;
import io.tributary.pipeline.publishing.PackageStore;
import io.tributary.pipeline.publishing.S3PackageStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real worker with ffmpeg, Cassandra and an S3 server, in a process that a test may kill. Only
 * its announcements go to a file, one line each, and it can be told to hang while it publishes.
 */
final class WorkerProcess {
  static final WorkerConfig CONFIG =
      new WorkerConfig(
          Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofMillis(500), 10, Duration.ZERO);

  /** Files that are in the object store when it hangs. */
  static final int HANGS_AFTER = 4;

  private WorkerProcess() {}

  /**
   * Works until it is killed, or whoever started it is gone.
   *
   * @param arguments Cassandra's contact point; the object store's endpoint; a directory with
   *     {@code credentials}, {@code ffmpeg}, {@code ffprobe} and, if it shall hang, {@code hang}
   * @throws Exception if it cannot begin
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[2]);
    JsonMapper json = JsonMapper.builder().build();
    S3Client s3 = s3(URI.create(arguments[1]), home);
    WorkerLoop loop =
        new WorkerLoop(
            new TranscodingWorker(
                "worker/" + ProcessHandle.current().pid(),
                "here",
                new CassandraIngests(
                    cassandra(arguments[0]), json, IngestConfig.DEFAULTS.keptFor()),
                new S3Staging(s3, "staging"),
                hanging(new S3PackageStore(s3, "packages"), home),
                event ->
                    Files.writeString(
                        home.resolve("announced"),
                        event.data().ref().path() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND),
                new FfmpegMedia(
                    () -> new Ffmpeg(home.resolve("ffmpeg"), home.resolve("ffprobe")),
                    new ToolRuns(),
                    PackagingConfig.DEFAULTS),
                home.resolve("work"),
                CONFIG,
                Duration.ofHours(24),
                json,
                InstantSource.system()),
            CONFIG);
    loop.start();
    if (System.in.read() < 0) {
      System.exit(0);
    }
  }

  static CassandraConnection cassandra(String contactPoint) throws IOException {
    return CassandraConnection.open(
        new CassandraConfig(
            List.of(contactPoint),
            CassandraSettings.DATA_CENTRE,
            CassandraSettings.REPLICATION,
            CassandraSecurity.NONE),
        new Schema("killed_worker", "cassandra/media"));
  }

  static S3Client s3(URI endpoint, Path home) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(new CredentialsFile(home.resolve("credentials")))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static PackageStore hanging(PackageStore store, Path home) {
    AtomicInteger written = new AtomicInteger();
    return new PackageStore() {
      @Override
      public Optional<byte[]> manifest(PackageRef ref) {
        return store.manifest(ref);
      }

      @Override
      public void put(PackageRef ref, String path, byte[] bytes) {
        if (written.getAndIncrement() == HANGS_AFTER && Files.exists(home.resolve("hang"))) {
          try {
            Files.createFile(home.resolve("hangs"));
            new CountDownLatch(1).await();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
        store.put(ref, path, bytes);
      }
    };
  }
}
