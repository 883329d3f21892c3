package io.tributary.pipeline.transcoding;

import io.tributary.contracts.admin.IngestState;
import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.Event;
import io.tributary.contracts.event.PackagePublished;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.pipeline.ingest.IngestRecord;
import io.tributary.pipeline.ingest.IngestRecord.Published;
import io.tributary.pipeline.ingest.IngestStore;
import io.tributary.pipeline.ingest.Staging;
import io.tributary.pipeline.ingest.StoreUnavailableException;
import io.tributary.pipeline.ladder.Ladder;
import io.tributary.pipeline.packaging.PackagingResult;
import io.tributary.pipeline.probe.ProbeResult;
import io.tributary.pipeline.publishing.Announcer;
import io.tributary.pipeline.publishing.PackageStore;
import io.tributary.pipeline.publishing.Publisher;
import io.tributary.pipeline.transcoding.WorkCounters.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings one ingest after another from staging to published.
 *
 * <p>Steps, each found done or done again after a kill: fetch the source and digest it; derive the
 * packageVersion and look whether that package exists; probe; encode into a directory of this claim
 * alone, then rename it; write the files, then the manifest; announce; clean up. A failure that is
 * not the source's leaves the record where it is, to be claimed again. Attempts are counted only
 * once the source itself is worked at, so a store that is away ends no ingest however long it is.
 *
 * <p>{@link #workOnce} is called by one thread, {@link #takeNoMore} by any.
 */
public final class TranscodingWorker {
  private static final Logger LOG = LoggerFactory.getLogger(TranscodingWorker.class);

  /**
   * Of a listed ingest without a record: its announcement was cut off between the two writes, or
   * its record grew too old before all of it could be removed.
   */
  private static final Duration ORPHAN_AGE = Duration.ofHours(1);

  private static final int VERSION_DIGITS = 12;

  /** Of a cause kept in the record, which is written every few seconds; ffmpeg's may be long. */
  private static final int MAX_CAUSE_CHARACTERS = 500;

  private final String name;
  private final String region;
  private final IngestStore store;
  private final Staging staging;
  private final PackageStore packages;
  private final Publisher publisher;
  private final Announcer announcer;
  private final Media media;
  private final Path workDirectory;
  private final WorkerConfig config;
  private final Duration uploadExpiry;
  private final JsonMapper json;
  private final InstantSource clock;
  private final WorkCounters counters = new WorkCounters();
  private volatile boolean takesNoMore;

  /**
   * A worker.
   *
   * @param name unique among running workers
   * @param workDirectory for sources and packages in the making
   */
  public TranscodingWorker(
      String name,
      String region,
      IngestStore store,
      Staging staging,
      PackageStore packages,
      Announcer announcer,
      Media media,
      Path workDirectory,
      WorkerConfig config,
      Duration uploadExpiry,
      JsonMapper json,
      InstantSource clock) {
    this.name = name;
    this.region = region;
    this.store = store;
    this.staging = staging;
    this.packages = packages;
    this.publisher = new Publisher(packages, json);
    this.announcer = announcer;
    this.media = media;
    this.workDirectory = workDirectory;
    this.config = config;
    this.uploadExpiry = uploadExpiry;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Looks once through the open ingests and works at each that is free.
   *
   * @return whether there was anything to do
   */
  public boolean workOnce() throws InterruptedException {
    boolean worked = false;
    List<IngestStore.Open> listed = store.open();
    sweep(listed);
    for (IngestStore.Open open : listed) {
      if (takesNoMore) {
        break;
      }
      try {
        worked |= workAt(open);
      } catch (StoreUnavailableException e) {
        // Not of this record: the others would meet it too.
        throw e;
      } catch (RuntimeException e) {
        // A record that cannot be read, say, must not keep the others waiting.
        LOG.warn("ingest={} event=skipped", open.ingestId(), e);
      }
    }
    return worked;
  }

  /** How its claims have ended. */
  public WorkCounters counters() {
    return counters;
  }

  /** The source it is at is its last one; the others are left to other workers. */
  public void takeNoMore() {
    takesNoMore = true;
  }

  /** Removes what is left here of jobs that ended at another worker: sources are large. */
  private void sweep(List<IngestStore.Open> listed) {
    Set<String> left;
    try {
      left = WorkDirectory.ingestsIn(workDirectory);
    } catch (IOException e) {
      LOG.warn("event=not-swept cause=\"{}\"", e.getMessage());
      return;
    }
    listed.forEach(open -> left.remove(open.ingestId()));
    for (String ingestId : left) {
      try {
        if (store.find(ingestId).map(IngestRecord::isFinal).orElse(true)) {
          new WorkDirectory(workDirectory, ingestId).delete();
          LOG.info("ingest={} event=left-work-removed", ingestId);
        }
      } catch (StoreUnavailableException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        LOG.warn("ingest={} event=left-work-not-removed", ingestId, e);
      }
    }
  }

  private boolean workAt(IngestStore.Open open) throws InterruptedException {
    Optional<IngestRecord> record = store.find(open.ingestId());
    if (record.isEmpty()) {
      if (open.since().plus(ORPHAN_AGE).isBefore(clock.instant())) {
        cleanUp(open.ingestId());
      }
    } else if (record.get().isFinal()) {
      cleanUp(open.ingestId());
    } else if (record.get().state() == IngestState.UPLOADING) {
      expire(record.get());
    } else {
      Optional<IngestRecord> claimed =
          record.get().claimedBy(name, clock.instant(), config.lease());
      if (claimed.isPresent() && store.replace(claimed.get())) {
        work(claimed.get());
        return true;
      }
    }
    return false;
  }

  private void expire(IngestRecord record) {
    if (record.createdAt().plus(uploadExpiry).isAfter(clock.instant())) {
      return;
    }
    if (store.replace(
        record.failed("the upload was not completed within " + uploadExpiry.toHours() + " h"))) {
      LOG.info("ingest={} title={} event=upload-expired", record.ingestId(), record.titleId());
      cleanUp(record.ingestId());
    }
  }

  private void work(IngestRecord claimed) throws InterruptedException {
    HeldIngest held = new HeldIngest(store, clock, config.lease(), claimed);
    LOG.info(
        "ingest={} title={} event=claimed state={} fence={}",
        claimed.ingestId(),
        claimed.titleId(),
        claimed.state(),
        claimed.fence());
    LeaseKeeper keeper = LeaseKeeper.start(held, config.lease());
    try (keeper) {
      steps(held, new WorkDirectory(workDirectory, claimed.ingestId()));
    } catch (InterruptedException e) {
      if (!keeper.isLost()) {
        throw e;
      }
      counters.endedAs(Outcome.LEASE_LOST);
      LOG.warn("ingest={} event=stopped-after-lease", claimed.ingestId());
    } catch (LeaseLostException e) {
      counters.endedAs(Outcome.LEASE_LOST);
      LOG.warn("ingest={} event=lease-lost cause=\"{}\"", claimed.ingestId(), e.getMessage());
    } catch (IOException | StoreUnavailableException e) {
      LOG.warn("ingest={} event=step-failed cause=\"{}\"", claimed.ingestId(), e.getMessage());
      release(held, e);
    } catch (RuntimeException e) {
      LOG.error("ingest={} event=step-failed", claimed.ingestId(), e);
      release(held, e);
    }
  }

  private void release(HeldIngest held, Exception cause) {
    counters.endedAs(Outcome.GIVEN_BACK);
    try {
      held.change(
          record -> record.released(clock.instant().plus(config.retryPause()), inOneLine(cause)));
    } catch (LeaseLostException | StoreUnavailableException e) {
      // It ends by itself.
      LOG.debug("ingest={} event=not-released", held.record().ingestId(), e);
    }
  }

  private static String inOneLine(Exception cause) {
    String text = String.join(" ", String.valueOf(cause.getMessage()).lines().toList());
    return text.substring(0, Math.min(text.length(), MAX_CAUSE_CHARACTERS));
  }

  private void steps(HeldIngest held, WorkDirectory work) throws IOException, InterruptedException {
    work.create();
    if (held.record().published() == null) {
      Optional<String> fault = transcode(held, work);
      if (fault.isPresent()) {
        fail(held, fault.get());
        return;
      }
      if (held.record().published() == null) {
        publish(held, work);
      }
    }
    if (held.record().state() != IngestState.PUBLISHING) {
      held.change(IngestRecord::publishing);
    }
    IngestRecord record = held.record();
    announcer.announce(announcement(record, Objects.requireNonNull(record.published())));
    IngestRecord done = held.change(IngestRecord::announcedToAll);
    counters.endedAs(Outcome.PUBLISHED);
    LOG.info(
        "ingest={} title={} package={} event=published",
        done.ingestId(),
        done.titleId(),
        done.packageVersion());
    cleanUp(done.ingestId());
  }

  /** Until a package lies ready or is found to exist; what is wrong with the source otherwise. */
  private Optional<String> transcode(HeldIngest held, WorkDirectory work)
      throws IOException, InterruptedException {
    if (work.finishedPackage().isPresent() && held.record().packageVersion() != null) {
      return Optional.empty();
    }
    if (held.record().attempts() >= config.maxAttempts()) {
      String cause = held.record().lastCause();
      return Optional.of(
          "transcoding did not end in %d attempts; the last %s"
              .formatted(
                  config.maxAttempts(), cause == null ? "ended its worker" : "failed: " + cause));
    }
    IngestRecord record = held.change(IngestRecord::transcoding);
    if (work.sourceSha256(record.bytes()).isEmpty() && staging.size(record.ingestId()).isEmpty()) {
      return Optional.of("the source is not in staging any more");
    }
    String sha256 = fetched(record, work);
    PackageRef ref = new PackageRef(record.titleId(), packageVersion(sha256));
    held.change(next -> next.identified(sha256, ref.packageVersion()));
    Optional<byte[]> existing = packages.manifest(ref);
    if (existing.isPresent()) {
      Published facts = publisher.facts(existing.get(), clock.instant());
      held.change(next -> next.stored(facts));
      return Optional.empty();
    }
    media.prepare();
    // Before the work and not after it: a source may end the worker itself.
    held.change(IngestRecord::attempted);
    return switch (media.probe(work.source())) {
      case ProbeResult.NotAVideo(String reason) -> Optional.of(reason);
      case ProbeResult.Video video -> encode(held, work, ref, video);
    };
  }

  private Optional<String> encode(
      HeldIngest held, WorkDirectory work, PackageRef ref, ProbeResult.Video video)
      throws IOException, InterruptedException {
    long fence = held.record().fence();
    Path directory = work.newAttempt(fence);
    PackagingResult result =
        media.makePackage(
            work.source(),
            video,
            ref,
            directory,
            process -> work.noteProcess(fence, process),
            held::progress);
    return switch (result) {
      case PackagingResult.NotDecodable(String reason) -> Optional.of(reason);
      case PackagingResult.Packaged(PackageManifest manifest) -> {
        // On the disk before the rename says that the package is whole.
        Files.write(
            directory.resolve(PackageManifest.FILE_NAME),
            json.writeValueAsBytes(manifest),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DSYNC);
        // Not over another claim's work.
        held.renew();
        work.finishAttempt(fence);
        yield Optional.empty();
      }
    };
  }

  private String fetched(IngestRecord record, WorkDirectory work) throws IOException {
    Optional<String> known = work.sourceSha256(record.bytes());
    if (known.isPresent()) {
      return known.get();
    }
    staging.fetch(record.ingestId(), work.incomingSource());
    long bytes = Files.size(work.incomingSource());
    if (bytes != record.bytes()) {
      throw new IOException(
          "the source in staging has " + bytes + " bytes (expected: " + record.bytes() + ")");
    }
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(work.incomingSource())) {
      byte[] chunk = new byte[64 * 1024];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    work.keepSource(sha256);
    return sha256;
  }

  private void publish(HeldIngest held, WorkDirectory work) throws IOException {
    held.change(IngestRecord::publishing);
    Path directory = work.finishedPackage().orElseThrow();
    Published facts;
    try {
      facts = publisher.publish(directory, clock.instant(), held::progress, held::check);
    } catch (LeaseLostException e) {
      throw e;
    } catch (IOException e) {
      // Its bytes are not what was made; the next claim makes it anew.
      work.dropPackage();
      throw e;
    }
    held.change(record -> record.stored(facts));
  }

  private void fail(HeldIngest held, String reason) throws LeaseLostException {
    // First the fenced change: whoever lost the job must not delete its new owner's source. Files
    // of a package are left, as another ingest of the same source may be writing them; without a
    // manifest they are no package, and the next ingest of that source overwrites them.
    IngestRecord failed = held.change(next -> next.failed(reason));
    counters.endedAs(Outcome.FAILED);
    LOG.info(
        "ingest={} title={} event=failed reason=\"{}\"",
        failed.ingestId(),
        failed.titleId(),
        reason);
    cleanUp(failed.ingestId());
  }

  /** Repeatable; what fails is done when the list is next looked through. */
  private void cleanUp(String ingestId) {
    try {
      staging.delete(ingestId);
      new WorkDirectory(workDirectory, ingestId).delete();
      store.close(ingestId);
    } catch (IOException | StoreUnavailableException e) {
      LOG.warn("ingest={} event=not-cleaned cause=\"{}\"", ingestId, e.getMessage());
    }
  }

  private Event<PackagePublished> announcement(IngestRecord record, Published facts) {
    return new Event<>(
        "package-" + record.ingestId(),
        facts.at(),
        PackagePublished.TYPE,
        1,
        region,
        null,
        null,
        null,
        Cohort.REAL,
        new PackagePublished(
            record.titleId(),
            Objects.requireNonNull(record.packageVersion()),
            record.titleName(),
            facts.manifestKey(),
            facts.manifestSha256(),
            facts.durationMillis(),
            facts.bytes()));
  }

  /** The same source by the same recipe is the same package. */
  static String packageVersion(String sourceSha256) {
    byte[] digest =
        sha256()
            .digest(
                (sourceSha256 + " recipe " + Ladder.RECIPE_VERSION)
                    .getBytes(StandardCharsets.US_ASCII));
    return "p" + HexFormat.of().formatHex(digest).substring(0, VERSION_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
