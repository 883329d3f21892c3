package io.tributary.pipeline.transcoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.contracts.admin.IngestState;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PackagePublished;
import io.tributary.contracts.media.MediaKind;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import io.tributary.pipeline.ingest.InMemoryIngests;
import io.tributary.pipeline.ingest.InMemoryStaging;
import io.tributary.pipeline.ingest.IngestRecord;
import io.tributary.pipeline.ingest.StoreUnavailableException;
import io.tributary.pipeline.packaging.PackagingResult;
import io.tributary.pipeline.probe.DynamicRange;
import io.tributary.pipeline.probe.FrameRate;
import io.tributary.pipeline.probe.ProbeResult;
import io.tributary.pipeline.publishing.PackageStore;
import io.tributary.pipeline.transcoding.WorkCounters.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** One ingest's life, killed at every step. */
class TranscodingWorkerTest {
  private static final byte[] SOURCE = "a film".getBytes(StandardCharsets.UTF_8);

  /** The steps before or in which a worker may die. */
  enum Step {
    PROBE,
    ENCODE,
    FIRST_FILE,
    MANIFEST,
    ANNOUNCE
  }

  /** The process ends here: nothing after it happens. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir Path directory;

  private final InMemoryIngests ingests = new InMemoryIngests();
  private final InMemoryStaging staging = new InMemoryStaging();
  private final Map<String, byte[]> packages = new TreeMap<>();
  private final List<Event<PackagePublished>> announced = new ArrayList<>();
  private final JsonMapper json = JsonMapper.builder().build();
  private Instant now = Instant.parse("2026-11-23T03:00:00Z");
  private @Nullable Step killedAt;
  private ProbeResult probed =
      new ProbeResult.Video(
          0, 640, 360, new FrameRate(25, 1), 4, DynamicRange.STANDARD, false, null);
  private Runnable duringProbe = () -> {};
  private byte[] lastProbed = {};
  private boolean kafkaIsAway;
  private boolean ffmpegIsAway;
  private @Nullable String encoderFault;
  private int encodings;

  @ParameterizedTest
  @EnumSource(Step.class)
  void aKilledWorkersJobIsFinishedByTheNext(Step step) throws Exception {
    queue("i1");
    killedAt = step;
    try {
      worker("first").workOnce();
    } catch (Killed expected) {
      assertThat(announced).isEmpty();
    }
    assertThat(state("i1")).isNotEqualTo(IngestState.PUBLISHED);
    killedAt = null;

    worker("second").workOnce();
    assertThat(announced).as("the lease still lasts").isEmpty();
    now = now.plusSeconds(16);
    worker("second").workOnce();

    assertThat(state("i1")).isEqualTo(IngestState.PUBLISHED);
    assertThat(announced).hasSize(1);
    assertThat(packages.keySet())
        .containsExactly("manifest.json", "v360/00001.m4s", "v360/index.m3u8", "v360/init.mp4");
    assertThat(encodings).isEqualTo(step == Step.ENCODE ? 2 : 1);
    assertThat(staging.isEmptyOf("i1")).isTrue();
    assertThat(directory.resolve("jobs").resolve("i1")).doesNotExist();
    assertThat(ingests.open()).isEmpty();
  }

  @Test
  void theSameSourceAgainIsAnnouncedAndNotEncoded() throws Exception {
    queue("i1");
    worker("w").workOnce();
    queue("i2");

    worker("w").workOnce();

    assertThat(encodings).isEqualTo(1);
    assertThat(announced).hasSize(2);
    assertThat(announced.getFirst().data().ref()).isEqualTo(announced.getLast().data().ref());
    assertThat(announced.getFirst().data().manifestSha256())
        .isEqualTo(announced.getLast().data().manifestSha256());
  }

  @Test
  void whileKafkaIsAwayAJobStaysPublishing() throws Exception {
    queue("i1");
    kafkaIsAway = true;
    worker("w").workOnce();

    assertThat(state("i1")).isEqualTo(IngestState.PUBLISHING);
    kafkaIsAway = false;
    now = now.plusSeconds(6);
    worker("w").workOnce();

    assertThat(state("i1")).isEqualTo(IngestState.PUBLISHED);
    assertThat(encodings).isEqualTo(1);
  }

  @Test
  void whatIsNoVideoFailsWithItsReasonAndLeavesNothing() throws Exception {
    queue("i1");
    probed = new ProbeResult.NotAVideo("the file is text, not a media file");

    worker("w").workOnce();

    assertThat(state("i1")).isEqualTo(IngestState.FAILED);
    assertThat(ingests.find("i1").orElseThrow().failure())
        .isEqualTo("the file is text, not a media file");
    assertThat(announced).isEmpty();
    assertThat(packages).isEmpty();
    assertThat(staging.isEmptyOf("i1")).isTrue();
    assertThat(directory.resolve("jobs").resolve("i1")).doesNotExist();
  }

  @Test
  void aWorkerThatWakesAfterItsLeaseChangesNothing() throws Exception {
    queue("i1");
    IngestRecord queued = ingests.find("i1").orElseThrow();
    IngestRecord claimed = queued.claimedBy("slow", now, Duration.ofSeconds(15)).orElseThrow();
    ingests.replace(claimed);
    HeldIngest frozen = new HeldIngest(ingests, () -> now, Duration.ofSeconds(15), claimed);
    now = now.plusSeconds(16);
    worker("other").workOnce();

    assertThat(state("i1")).isEqualTo(IngestState.PUBLISHED);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> frozen.change(record -> record.failed("by a ghost")))
        .isInstanceOf(LeaseLostException.class);
    org.assertj.core.api.Assertions.assertThatThrownBy(frozen::check)
        .isInstanceOf(LeaseLostException.class);
    assertThat(state("i1")).isEqualTo(IngestState.PUBLISHED);
  }

  @Test
  void anUploadNobodyCompletesExpires() throws Exception {
    ingests.create(IngestRecord.announced("i1", "a-title", "A", "a", 6, now));
    assertThat(staging.begin("i1")).as("whose id no record was told").isNotEmpty();
    now = now.plus(Duration.ofHours(25));

    worker("w").workOnce();

    assertThat(ingests.find("i1").orElseThrow().failure())
        .isEqualTo("the upload was not completed within 24 h");
    assertThat(staging.isEmptyOf("i1")).isTrue();
  }

  @Test
  void ofAnIngestWithoutARecordNothingIsLeft() throws Exception {
    ingests.list("i1", now);
    staging.hold("i1", SOURCE);
    worker("w").workOnce();
    assertThat(staging.isEmptyOf("i1")).as("its record may be being written").isFalse();
    now = now.plus(Duration.ofHours(2));

    worker("w").workOnce();

    assertThat(staging.isEmptyOf("i1")).isTrue();
    assertThat(ingests.open()).isEmpty();
  }

  @Test
  void aWorkerThatLostItsJobDoesNotDeleteTheSource() throws Exception {
    queue("i1");
    probed = new ProbeResult.NotAVideo("judged by a worker that was frozen");
    duringProbe =
        () -> {
          IngestRecord held = ingests.find("i1").orElseThrow();
          ingests.replace(
              held.claimedBy("other", held.leaseUntil(), Duration.ofSeconds(15)).orElseThrow());
        };

    worker("frozen").workOnce();

    assertThat(state("i1")).isEqualTo(IngestState.TRANSCODING);
    assertThat(staging.isEmptyOf("i1")).isFalse();
  }

  @Test
  void aTornManifestOnDiskIsMadeAnew() throws Exception {
    queue("i1");
    killedAt = Step.FIRST_FILE;
    try {
      worker("w").workOnce();
    } catch (Killed expected) {
      Files.write(directory.resolve("jobs/i1/package/manifest.json"), new byte[100]);
    }
    killedAt = null;
    now = now.plusSeconds(16);
    worker("w").workOnce();
    assertThat(directory.resolve("jobs/i1/package")).doesNotExist();
    now = now.plusSeconds(16);
    worker("w").workOnce();

    assertThat(state("i1")).isEqualTo(IngestState.PUBLISHED);
    assertThat(encodings).isEqualTo(2);
  }

  @Test
  void whatIsLeftOfJobsThatEndedElsewhereIsRemoved() throws Exception {
    queue("open");
    killedAt = Step.FIRST_FILE;
    try {
      worker("w").workOnce();
    } catch (Killed expected) {
      assertThat(directory.resolve("jobs/open/package")).exists();
    }
    killedAt = null;
    queue("ended");
    ingests.replace(ingests.find("ended").orElseThrow().failed("by another worker"));
    ingests.close("ended");
    Files.createDirectories(directory.resolve("jobs/ended/package"));
    Files.createDirectories(directory.resolve("jobs/forgotten"));

    worker("w").workOnce();

    assertThat(directory.resolve("jobs")).isDirectoryContaining("glob:**/open");
    assertThat(directory.resolve("jobs/ended")).doesNotExist();
    assertThat(directory.resolve("jobs/forgotten")).doesNotExist();
  }

  @Test
  void aSourceThatAPowerCutToreIsFetchedAgain() throws Exception {
    queue("i1");
    killedAt = Step.ENCODE;
    try {
      worker("w").workOnce();
    } catch (Killed expected) {
      Files.write(directory.resolve("jobs/i1/source"), new byte[3]);
    }
    killedAt = null;
    now = now.plusSeconds(16);
    worker("w").workOnce();

    assertThat(state("i1")).isEqualTo(IngestState.PUBLISHED);
    assertThat(lastProbed).isEqualTo(SOURCE);
  }

  @Test
  void anOutageOfAnyLengthEndsNoIngest() throws Exception {
    queue("i1");
    staging.setAway(true);
    lookAgain(3 * WorkerConfig.DEFAULTS.maxAttempts());
    staging.setAway(false);
    ffmpegIsAway = true;
    lookAgain(3 * WorkerConfig.DEFAULTS.maxAttempts());

    assertThat(state("i1")).isEqualTo(IngestState.TRANSCODING);
    assertThat(ingests.find("i1").orElseThrow().attempts()).isZero();
    assertThat(ingests.find("i1").orElseThrow().lastCause()).isEqualTo("no ffmpeg");
    ffmpegIsAway = false;
    lookAgain(1);

    assertThat(state("i1")).isEqualTo(IngestState.PUBLISHED);
    assertThat(encodings).isEqualTo(1);
  }

  @Test
  void howClaimsEndIsCounted() throws Exception {
    TranscodingWorker worker = worker("w");
    queue("i1");
    ffmpegIsAway = true;
    worker.workOnce();
    ffmpegIsAway = false;
    ProbeResult video = probed;
    probed = new ProbeResult.NotAVideo("a text");
    now = now.plus(WorkerConfig.DEFAULTS.retryPause());
    worker.workOnce();
    probed = video;
    queue("i2");
    worker.workOnce();

    assertThat(worker.counters().ended(Outcome.GIVEN_BACK)).isEqualTo(1);
    assertThat(worker.counters().ended(Outcome.FAILED)).isEqualTo(1);
    assertThat(worker.counters().ended(Outcome.PUBLISHED)).isEqualTo(1);
    assertThat(worker.counters().ended(Outcome.LEASE_LOST)).isZero();
  }

  @Test
  void aSourceThatEndsEveryEncoderFailsWithTheLastCause() throws Exception {
    queue("i1");
    encoderFault = "ffmpeg ended with status 137:\nno more memory" + "!".repeat(1_000);

    lookAgain(WorkerConfig.DEFAULTS.maxAttempts() + 1);

    assertThat(encodings).isEqualTo(WorkerConfig.DEFAULTS.maxAttempts());
    assertThat(ingests.find("i1").orElseThrow().failure())
        .startsWith(
            "transcoding did not end in 10 attempts; the last failed: ffmpeg ended with status"
                + " 137: no more memory!!!")
        .hasSizeLessThan(600);
    assertThat(staging.isEmptyOf("i1")).isTrue();
  }

  @Test
  void aSourceThatEndsEveryWorkerFails() throws Exception {
    queue("i1");
    killedAt = Step.ENCODE;
    for (int i = 0; i < WorkerConfig.DEFAULTS.maxAttempts(); i++) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> worker("w").workOnce())
          .isInstanceOf(Killed.class);
      now = now.plusSeconds(16);
    }
    worker("w").workOnce();

    assertThat(ingests.find("i1").orElseThrow().failure())
        .isEqualTo("transcoding did not end in 10 attempts; the last ended its worker");
  }

  @Test
  void aRecordThatCannotBeReadDoesNotStopTheOthers() throws Exception {
    queue("i1");
    queue("i2");
    ingests.spoil("i1");

    worker("w").workOnce();

    assertThat(state("i2")).isEqualTo(IngestState.PUBLISHED);
  }

  @Test
  void aWorkerThatTakesNoMoreLeavesTheOthers() throws Exception {
    queue("i1");
    queue("i2");
    TranscodingWorker leaving = worker("leaving");
    duringProbe = leaving::takeNoMore;

    leaving.workOnce();

    assertThat(List.of(state("i1"), state("i2")))
        .containsExactlyInAnyOrder(IngestState.PUBLISHED, IngestState.QUEUED);
  }

  @Test
  void aLoopThatIsToldToStopLetsItsWorkerFinish() throws Exception {
    queue("i1");
    var probing = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    duringProbe =
        () -> {
          probing.countDown();
          try {
            assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException("stopped in mid-work", e);
          }
        };
    WorkerConfig defaults = WorkerConfig.DEFAULTS;
    var loop =
        new WorkerLoop(
            worker("w"),
            new WorkerConfig(
                defaults.pollInterval(),
                defaults.lease(),
                defaults.retryPause(),
                defaults.maxAttempts(),
                Duration.ofMinutes(1)));
    loop.start();
    loop.wake();
    assertThat(probing.await(1, TimeUnit.MINUTES)).isTrue();
    assertThat(loop.isIdle()).isFalse();

    Thread closing = Thread.ofPlatform().start(loop::close);
    goOn.countDown();
    closing.join(Duration.ofMinutes(1));

    assertThat(state("i1")).isEqualTo(IngestState.PUBLISHED);
    assertThat(loop.isIdle()).isTrue();
  }

  private void queue(String id) {
    IngestRecord first =
        IngestRecord.announced(id, "a-title", "A Title", "a.mp4", SOURCE.length, now);
    ingests.create(first);
    staging.hold(id, SOURCE);
    ingests.replace(first.queued());
  }

  private void lookAgain(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      worker("w").workOnce();
      now = now.plus(WorkerConfig.DEFAULTS.retryPause());
    }
  }

  private IngestState state(String id) {
    return ingests.find(id).orElseThrow().state();
  }

  private void reach(Step step) {
    if (step == killedAt) {
      throw new Killed();
    }
  }

  private TranscodingWorker worker(String name) {
    return new TranscodingWorker(
        name,
        "here",
        ingests,
        staging,
        new Packages(),
        event -> {
          reach(Step.ANNOUNCE);
          if (kafkaIsAway) {
            throw new IOException("Kafka is away");
          }
          announced.add(event);
        },
        new FakeMedia(),
        directory,
        WorkerConfig.DEFAULTS,
        Duration.ofHours(24),
        json,
        () -> now);
  }

  private final class Packages implements PackageStore {
    @Override
    public Optional<byte[]> manifest(PackageRef ref) {
      return Optional.ofNullable(packages.get("manifest.json"));
    }

    @Override
    public void put(PackageRef ref, String path, byte[] bytes) {
      reach(path.equals("manifest.json") ? Step.MANIFEST : Step.FIRST_FILE);
      if (path.equals("manifest.json") && packages.size() < 2) {
        throw new StoreUnavailableException("half", new IOException());
      }
      packages.put(path, bytes);
    }
  }

  private final class FakeMedia implements Media {
    @Override
    public void prepare() throws IOException {
      if (ffmpegIsAway) {
        throw new IOException("no ffmpeg");
      }
    }

    @Override
    public ProbeResult probe(Path source) throws IOException {
      lastProbed = Files.readAllBytes(source);
      reach(Step.PROBE);
      duringProbe.run();
      return probed;
    }

    @Override
    public PackagingResult makePackage(
        Path source,
        ProbeResult.Video video,
        PackageRef ref,
        Path target,
        Consumer<ProcessHandle> onStart,
        DoubleConsumer progress)
        throws IOException {
      encodings++;
      Files.createDirectories(target.resolve("v360"));
      PackageFile init = file(target, "v360/init.mp4");
      reach(Step.ENCODE);
      if (encoderFault != null) {
        throw new IOException(encoderFault);
      }
      PackageFile segment = file(target, "v360/00001.m4s");
      PackageFile playlist = file(target, "v360/index.m3u8");
      progress.accept(1);
      return new PackagingResult.Packaged(
          new PackageManifest(
              1,
              ref.titleId(),
              ref.packageVersion(),
              4_000,
              List.of(
                  new Rendition(
                      "v360",
                      MediaKind.VIDEO,
                      "avc1.64001e",
                      25_000,
                      1,
                      1,
                      null,
                      null,
                      init,
                      List.of(
                          new Segment(
                              segment.path(), 0, 100_000, segment.bytes(), segment.sha256())),
                      playlist))));
    }

    private PackageFile file(Path target, String path) throws IOException {
      byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
      Files.write(target.resolve(path), bytes);
      try {
        return new PackageFile(
            path,
            bytes.length,
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IOException(Objects.requireNonNull(e.getMessage()), e);
      }
    }
  }
}
