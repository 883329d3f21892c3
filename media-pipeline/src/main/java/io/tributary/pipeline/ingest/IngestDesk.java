package io.tributary.pipeline.ingest;

import io.tributary.contracts.admin.CreateIngest;
import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.IngestState;
import io.tributary.contracts.api.ProblemType;
import io.tributary.contracts.media.PackageRef;
import io.tributary.pipeline.ingest.Answer.Given;
import io.tributary.pipeline.ingest.Answer.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes sources in: announces, keeps parts in any order and as often as they come, and checks that
 * all are there. Stores that are away surface as {@link StoreUnavailableException}. Safe for use by
 * many threads.
 */
public final class IngestDesk {
  /** Of every part but the last. S3 wants at least 5 MiB. */
  public static final int PART_BYTES = 8 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(IngestDesk.class);
  private static final int MAX_NAME_CHARACTERS = 200;
  private static final int MAX_NAMED_PARTS = 10;
  private static final long PLACE_WAIT_SECONDS = 20;

  /** A change that loses against another is tried again; nobody changes an upload so often. */
  private static final int MAX_CHANGES = 5;

  private final IngestStore store;
  private final Staging staging;
  private final IngestConfig config;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Consumer<IngestRecord> onQueued;
  private final Semaphore places;

  /**
   * Takes sources into a store.
   *
   * @param onQueued wakes a worker; may be lost
   */
  public IngestDesk(
      IngestStore store,
      Staging staging,
      IngestConfig config,
      InstantSource clock,
      RandomGenerator random,
      Consumer<IngestRecord> onQueued) {
    this.store = store;
    this.staging = staging;
    this.config = config;
    this.clock = clock;
    this.random = random;
    this.onQueued = onQueued;
    this.places = new Semaphore(config.partsAtOnce());
  }

  /** Parts that are being taken now. */
  public int partsNow() {
    return config.partsAtOnce() - places.availablePermits();
  }

  /** How many may be taken at once; more wait, and are refused after a while. */
  public int maxParts() {
    return config.partsAtOnce();
  }

  /** Announces a source. */
  public Answer<Ingest> create(CreateIngest wanted) {
    if (wanted.titleId() == null || !wanted.titleId().matches(PackageRef.ID_PATTERN)) {
      return invalid("titleId", wanted.titleId(), PackageRef.ID_PATTERN);
    }
    String name = wanted.name() == null ? wanted.titleId() : wanted.name().strip();
    if (name.isEmpty() || name.length() > MAX_NAME_CHARACTERS) {
      return invalid("name", name, "1 to " + MAX_NAME_CHARACTERS + " characters");
    }
    if (wanted.fileName() == null || wanted.fileName().length() > MAX_NAME_CHARACTERS) {
      return invalid(
          "fileName", wanted.fileName(), "at most " + MAX_NAME_CHARACTERS + " characters");
    }
    if (wanted.bytes() == 0) {
      return invalid("bytes", 0, "at least 1: the file is empty");
    }
    if (wanted.bytes() < 0 || wanted.bytes() > config.maxSourceBytes()) {
      return invalid("bytes", wanted.bytes(), "1 to " + config.maxSourceBytes());
    }
    String ingestId = "i%016x".formatted(random.nextLong());
    IngestRecord announced =
        IngestRecord.announced(
            ingestId, wanted.titleId(), name, wanted.fileName(), wanted.bytes(), clock.instant());
    if (!store.create(announced)) {
      throw new IllegalStateException("ingestId " + ingestId + " was given twice");
    }
    // After the record, by which it is found and removed should nobody complete it.
    IngestRecord first = announced.uploadedAs(staging.begin(ingestId));
    if (!store.replace(first)) {
      throw new IllegalStateException("ingest " + ingestId + " changed before its upload began");
    }
    LOG.info(
        "ingest={} title={} event=announced bytes={}", ingestId, first.titleId(), first.bytes());
    return new Given<>(first.view(PART_BYTES));
  }

  /** How far an ingest is. */
  public Answer<Ingest> find(String ingestId) {
    return store
        .find(ingestId)
        .<Answer<Ingest>>map(record -> new Given<>(record.view(PART_BYTES)))
        .orElseGet(() -> unknown(ingestId));
  }

  /**
   * Keeps a part.
   *
   * @param number from 1
   * @param body read to its end, at most a part's size is held in memory
   */
  public Answer<Ingest> put(String ingestId, int number, InputStream body)
      throws IOException, InterruptedException {
    Optional<IngestRecord> found = store.find(ingestId);
    if (found.isEmpty()) {
      return unknown(ingestId);
    }
    IngestRecord record = found.get();
    if (record.state() != IngestState.UPLOADING) {
      return new Refused<>(
          ProblemType.CONFLICT, "ingest " + ingestId + " is " + record.state() + " already");
    }
    String uploadId = record.uploadId();
    if (uploadId == null) {
      return notBegun(ingestId);
    }
    int parts = partsOf(record.bytes());
    if (number < 1 || number > parts) {
      return invalid("part", number, "1 to " + parts);
    }
    if (!places.tryAcquire(PLACE_WAIT_SECONDS, TimeUnit.SECONDS)) {
      return new Refused<>(
          ProblemType.OVERLOADED,
          config.partsAtOnce() + " parts are being taken already (expected: fewer at once)");
    }
    try {
      long expected = bytesOf(number, record.bytes());
      byte[] bytes = body.readNBytes((int) expected + 1);
      if (bytes.length > expected) {
        return new Refused<>(
            ProblemType.BODY_TOO_LARGE,
            "part %d has more than %d bytes (expected: %d)".formatted(number, expected, expected));
      }
      if (bytes.length < expected) {
        return invalid("part " + number, bytes.length + " bytes", expected + " bytes");
      }
      staging.put(ingestId, uploadId, number, bytes);
      return new Given<>(record.view(PART_BYTES));
    } finally {
      places.release();
    }
  }

  /** Ends the upload; repeatable. */
  public Answer<Ingest> complete(String ingestId) {
    for (int i = 0; i < MAX_CHANGES; i++) {
      Optional<IngestRecord> found = store.find(ingestId);
      if (found.isEmpty()) {
        return unknown(ingestId);
      }
      IngestRecord record = found.get();
      if (record.state() != IngestState.UPLOADING) {
        return new Given<>(record.view(PART_BYTES));
      }
      String uploadId = record.uploadId();
      if (uploadId == null) {
        return notBegun(ingestId);
      }
      // An earlier call may have got as far as the object store.
      if (staging.size(ingestId).orElse(-1) != record.bytes()) {
        List<Staging.Part> parts = staging.parts(ingestId, uploadId);
        Optional<String> missing = missing(record.bytes(), parts);
        if (missing.isPresent()) {
          return new Refused<>(ProblemType.INVALID, missing.get());
        }
        staging.complete(ingestId, uploadId, parts);
      }
      IngestRecord queued = record.queued();
      if (store.replace(queued)) {
        LOG.info("ingest={} title={} event=queued", ingestId, record.titleId());
        onQueued.accept(queued);
        return new Given<>(queued.view(PART_BYTES));
      }
    }
    return new Refused<>(ProblemType.UNAVAILABLE, "ingest " + ingestId + " changes all the time");
  }

  /** Parts of a source, the last one perhaps shorter. */
  static int partsOf(long sourceBytes) {
    return Math.toIntExact((sourceBytes + PART_BYTES - 1) / PART_BYTES);
  }

  static long bytesOf(int number, long sourceBytes) {
    return Math.min(PART_BYTES, sourceBytes - (long) (number - 1) * PART_BYTES);
  }

  /** What an upload lacks, in words; empty if nothing. */
  static Optional<String> missing(long sourceBytes, List<Staging.Part> parts) {
    int expected = partsOf(sourceBytes);
    boolean[] isThere = new boolean[expected + 1];
    for (Staging.Part part : parts) {
      if (part.number() >= 1 && part.number() <= expected) {
        isThere[part.number()] = part.bytes() == bytesOf(part.number(), sourceBytes);
      }
    }
    StringBuilder names = new StringBuilder();
    int missing = 0;
    for (int number = 1; number <= expected; number++) {
      if (!isThere[number] && missing++ < MAX_NAMED_PARTS) {
        names.append(names.isEmpty() ? "" : ", ").append(number);
      }
    }
    return missing == 0
        ? Optional.empty()
        : Optional.of(
            "parts are %d of %d (expected: all; missing: %s%s)"
                .formatted(
                    expected - missing, expected, names, missing > MAX_NAMED_PARTS ? " …" : ""));
  }

  private static Answer<Ingest> unknown(String ingestId) {
    String id = ingestId.substring(0, Math.min(ingestId.length(), 64));
    return new Refused<>(ProblemType.NOT_FOUND, "ingest " + id + " is not known");
  }

  private static Answer<Ingest> notBegun(String ingestId) {
    return new Refused<>(
        ProblemType.CONFLICT,
        "the upload of ingest " + ingestId + " never began (expected: a new ingest)");
  }

  private static Answer<Ingest> invalid(String field, @Nullable Object value, String expected) {
    return new Refused<>(
        ProblemType.INVALID, field + " is " + value + " (expected: " + expected + ")");
  }
}
