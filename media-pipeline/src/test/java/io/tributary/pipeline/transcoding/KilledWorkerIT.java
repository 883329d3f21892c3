package io.tributary.pipeline.transcoding;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.backends.Cassandra;
import io.tributary.cassandra.CassandraConnection;
import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.IngestState;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import io.tributary.pipeline.ffmpeg.Ffmpeg;
import io.tributary.pipeline.ffmpeg.FfmpegInstallation;
import io.tributary.pipeline.ffmpeg.ToolRuns;
import io.tributary.pipeline.ingest.Answer;
import io.tributary.pipeline.ingest.Answer.Given;
import io.tributary.pipeline.ingest.CassandraIngests;
import io.tributary.pipeline.ingest.IngestConfig;
import io.tributary.pipeline.ingest.IngestDesk;
import io.tributary.pipeline.ingest.IngestRecord;
import io.tributary.pipeline.ingest.IngestStore;
import io.tributary.pipeline.ingest.S3Staging;
import io.tributary.pipeline.ingest.StoreUnavailableException;
import io.tributary.pipeline.publishing.S3PackageStore;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker that is killed for good, in mid-encode and again in mid-publish: real processes, the
 * real ffmpeg, Cassandra and S3 server.
 */
class KilledWorkerIT {
  private static final Path OBJECT_STORE = Path.of("fleet-local", "object-store", "target");

  /** Each wait takes seconds on an idle machine; a busy build is many times slower. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path home;

  private final JsonMapper json = JsonMapper.builder().build();
  private final List<Process> processes = new ArrayList<>();
  private CassandraConnection cassandra;
  private IngestStore ingests;
  private URI endpoint;
  private S3Client s3;
  private S3Staging staging;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(home.resolve("credentials"), "accessKeyId=key\nsecretAccessKey=secret\n");
    int port = freePort();
    endpoint = URI.create("http://127.0.0.1:" + port);
    Path module = objectStore();
    java(
        "object-store",
        module.resolve("classes")
            + File.pathSeparator
            + Files.readString(module.resolve("runtime-classpath")).strip(),
        "io.tributary.fleet.objectstore.ObjectStoreServer",
        "--port=" + port,
        "--folder=" + home.resolve("objects"),
        "--credentials-file=" + home.resolve("credentials"));
    cassandra = WorkerProcess.cassandra(Cassandra.shared().contactPoint());
    ingests = new CassandraIngests(cassandra, json, IngestConfig.DEFAULTS.keptFor());
    s3 = WorkerProcess.s3(endpoint, home);
    staging = new S3Staging(s3, "staging");
    Ffmpeg installed = FfmpegInstallation.into(Path.of("target", "ffmpeg"));
    program("ffprobe", "exec " + installed.ffprobe() + " \"$@\"");
    // Under one process id, so it is killed as itself.
    program(
        "ffmpeg",
        "echo $$ >> " + home.resolve("encodings") + "; exec " + installed.ffmpeg() + " \"$@\"");
    makeSource(installed);
  }

  @AfterEach
  void stop() throws IOException {
    for (Process process : processes) {
      process.destroyForcibly().onExit().join();
    }
    lines("encodings")
        .forEach(pid ->
            ProcessHandle.of(Long.parseLong(pid))
                .filter(this::isEncoder)
                .ifPresent(ProcessHandle::destroyForcibly));
    s3.close();
    cassandra.close();
  }

  @Test
  void theNextWorkerPublishesOnceAndWholeAndEncodesNothingTwice() throws Exception {
    await("Cassandra and the object store", () -> ingests.open().isEmpty() && isStoreUp());
    String id = upload();

    Process first = worker();
    await("an encoding that is half done", () -> isHalfEncoded(id));
    kill(first);
    assertThat(home.resolve("work/jobs/" + id + "/package")).doesNotExist();
    assertThat(record(id).state()).isEqualTo(IngestState.TRANSCODING);
    assertThat(published()).isEmpty();

    Files.createFile(home.resolve("hang"));
    Process second = worker();
    await("a publication that is half done", () -> Files.exists(home.resolve("hangs")));
    assertThat(published()).hasSize(WorkerProcess.HANGS_AFTER);
    kill(second);
    Files.delete(home.resolve("hang"));
    IngestRecord half = record(id);
    PackageRef ref = new PackageRef("a-title", requireNonNull(half.packageVersion()));
    assertThat(half.state()).isEqualTo(IngestState.PUBLISHING);
    assertThat(manifest(ref)).isEmpty();
    assertThat(lines("announced")).isEmpty();
    assertThat(lines("encodings")).hasSize(2);
    assertThat(
            ProcessHandle.of(Long.parseLong(lines("encodings").getFirst())).filter(this::isEncoder))
        .as("the encoder that the first worker left")
        .isEmpty();

    worker();
    await(
        "the package",
        () -> {
          manifest(ref).ifPresent(this::assertWhole);
          return record(id).state() == IngestState.PUBLISHED;
        });

    assertWhole(manifest(ref).orElseThrow());
    assertThat(lines("announced")).containsExactly(ref.path());
    assertThat(lines("encodings")).as("one killed, one finished").hasSize(2);
    assertThat(record(id).attempts()).isEqualTo(2);
    await("a clean end", () -> ingests.open().isEmpty());
    assertThat(staging.size(id)).isEmpty();
    assertThat(home.resolve("work/jobs/" + id)).doesNotExist();
  }

  private void makeSource(Ffmpeg ffmpeg) throws Exception {
    try (ToolRuns runs = new ToolRuns()) {
      ToolRuns.Outcome made =
          runs.run(
              ffmpeg.ffmpeg(),
              List.of(
                  ("-v error -f lavfi -i testsrc2=s=854x480:r=25:d=16 -f lavfi -i sine=d=16"
                          + " -c:v libx264 -preset ultrafast source.mp4")
                      .split(" ")),
              home,
              PATIENCE,
              _ -> {},
              _ -> {});
      assertThat(made.succeeded()).as(made.messages()).isTrue();
    }
  }

  private String upload() throws Exception {
    byte[] source = Files.readAllBytes(home.resolve("source.mp4"));
    assertThat(source).hasSizeLessThan(IngestDesk.PART_BYTES);
    IngestDesk desk =
        new IngestDesk(
            ingests,
            staging,
            IngestConfig.DEFAULTS,
            InstantSource.system(),
            new Random(1),
            _ -> {});
    String id =
        given(desk.create(new CreateIngest("a-title", "A Title", "source.mp4", source.length)))
            .ingestId();
    given(desk.put(id, 1, new ByteArrayInputStream(source)));
    assertThat(given(desk.complete(id)).state()).isEqualTo(IngestState.QUEUED);
    return id;
  }

  private static Ingest given(Answer<Ingest> answer) {
    assertThat(answer).isInstanceOf(Given.class);
    return ((Given<Ingest>) answer).value();
  }

  /** A file of an attempt has something in it. */
  private boolean isHalfEncoded(String id) throws IOException {
    Path job = home.resolve("work/jobs/" + id);
    if (!Files.exists(job)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(job)) {
      return files.anyMatch(file ->
          job.relativize(file).toString().matches("attempt-[0-9]+/.*\\.mp4")
              && file.toFile().length() > 0);
    } catch (UncheckedIOException e) {
      // A file that was renamed under the walk: looked at again.
      return false;
    }
  }

  private boolean isStoreUp() {
    try {
      return published().isEmpty();
    } catch (SdkClientException e) {
      return false;
    }
  }

  private IngestRecord record(String id) {
    return ingests.find(id).orElseThrow();
  }

  private Optional<byte[]> manifest(PackageRef ref) {
    return new S3PackageStore(s3, "packages").manifest(ref);
  }

  /** The sizes of all objects in the packages' bucket, by key. */
  private Map<String, Long> published() {
    Map<String, Long> objects = new TreeMap<>();
    try {
      s3.listObjectsV2(request -> request.bucket("packages"))
          .contents()
          .forEach(object -> objects.put(object.key(), object.size()));
    } catch (NoSuchBucketException none) {
      return objects;
    }
    return objects;
  }

  private void assertWhole(byte[] manifest) {
    PackageManifest made = json.readValue(manifest, PackageManifest.class);
    assertThat(made.renditions())
        .extracting(Rendition::renditionId)
        .containsExactly("v480", "v360", "v240", "a0");
    List<PackageFile> files = new ArrayList<>();
    for (Rendition rendition : made.renditions()) {
      assertThat(rendition.segments()).hasSizeBetween(4, 5);
      files.add(rendition.init());
      for (Segment segment : rendition.segments()) {
        files.add(new PackageFile(segment.path(), segment.bytes(), segment.sha256()));
      }
      files.add(Objects.requireNonNull(rendition.playlist()));
    }
    for (PackageFile file : files) {
      String key = "packages/" + made.ref().path() + "/" + file.path();
      assertThat(sha256(s3.getObjectAsBytes(get -> get.bucket("packages").key(key)).asByteArray()))
          .as(key)
          .isEqualTo(file.sha256());
    }
  }

  private Process worker() throws IOException {
    return java(
        "worker",
        System.getProperty("java.class.path"),
        WorkerProcess.class.getName(),
        Cassandra.shared().contactPoint(),
        endpoint.toString(),
        home.toString());
  }

  private Process java(String name, String classPath, String mainClass, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                classPath,
                mainClass));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
            .start();
    processes.add(process);
    return process;
  }

  private Path log(String name) {
    return home.resolve(name + ".log");
  }

  /** As {@code kill -9} does. */
  private static void kill(Process process) {
    assertThat(process.isAlive()).isTrue();
    process.destroyForcibly().onExit().join();
  }

  private void program(String name, String script) throws IOException {
    Path file =
        Files.createFile(
            home.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
  }

  private List<String> lines(String name) throws IOException {
    Path file = home.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** Not somebody else's process that got its id. */
  private boolean isEncoder(ProcessHandle process) {
    return process.info().arguments().map(List::of).orElse(List.of()).stream()
        .anyMatch(argument -> argument.contains(home.toString()));
  }

  private void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Exception last = null;
    while (System.nanoTime() < deadline) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (StoreUnavailableException e) {
        last = e;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new AssertionError(
        what + " did not come in " + PATIENCE + ":\n" + String.join("\n", lines("worker.log")),
        last);
  }

  private static Path objectStore() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path candidate = folder.resolve(OBJECT_STORE);
      if (Files.isRegularFile(candidate.resolve("runtime-classpath"))) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        OBJECT_STORE + " is missing above " + start + " (build fleet-local/object-store first)");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
