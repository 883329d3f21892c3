package io.tributary.pipeline.ingest;

import io.tributary.contracts.admin.Ingest;
import io.tributary.contracts.admin.IngestState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one source on its way to a published package; immutable. Each change is a
 * next record with the next {@code revision}, which a store takes only on top of the one before.
 *
 * <p>A worker holds a record by a lease. Each claim raises the {@code fence}, so whoever was frozen
 * over the end of its lease finds its next change refused.
 *
 * @param ingestId of this source
 * @param titleId its title
 * @param titleName for people
 * @param fileName for messages alone
 * @param bytes of the source
 * @param uploadId of the multipart upload, of use only while uploading; null until it began
 * @param state where it is
 * @param progress of that state, 0 to 1
 * @param createdAt when it was announced
 * @param revision 1 for the first
 * @param owner of the lease; null while nobody ever had it
 * @param fence how often it was claimed
 * @param leaseUntil nobody else may claim it before
 * @param attempts how often the source itself was worked at, by a probe and mostly an encoder
 * @param sourceSha256 null until the source was read whole
 * @param packageVersion null until it is known
 * @param published null until the package is whole in the object store
 * @param failure null unless failed
 * @param lastCause why its last worker gave it back; null unless one did since the last attempt
 *     began
 */
public record IngestRecord(
    String ingestId,
    String titleId,
    String titleName,
    String fileName,
    long bytes,
    @Nullable String uploadId,
    IngestState state,
    double progress,
    Instant createdAt,
    long revision,
    @Nullable String owner,
    long fence,
    Instant leaseUntil,
    int attempts,
    @Nullable String sourceSha256,
    @Nullable String packageVersion,
    @Nullable Published published,
    @Nullable String failure,
    @Nullable String lastCause) {

  /**
   * What the announcement of a package tells.
   *
   * @param manifestKey of its manifest in the packages' bucket
   * @param manifestSha256 of that
   * @param durationMillis of the title
   * @param bytes of all its files
   * @param at when the manifest was there
   */
  public record Published(
      String manifestKey, String manifestSha256, long durationMillis, long bytes, Instant at) {}

  /** A source that was announced and of which nothing is there yet. */
  public static IngestRecord announced(
      String ingestId, String titleId, String titleName, String fileName, long bytes, Instant now) {
    return new IngestRecord(
        ingestId,
        titleId,
        titleName,
        fileName,
        bytes,
        null,
        IngestState.UPLOADING,
        0,
        now,
        1,
        null,
        0,
        Instant.EPOCH,
        0,
        null,
        null,
        null,
        null,
        null);
  }

  /** Whether nothing more will happen to it. */
  public boolean isFinal() {
    return state == IngestState.PUBLISHED || state == IngestState.FAILED;
  }

  /** Whether this record is held under the other's claim. */
  public boolean isHeldAs(IngestRecord claimed) {
    return fence == claimed.fence && claimed.owner != null && claimed.owner.equals(owner);
  }

  /** Its upload began. */
  public IngestRecord uploadedAs(String upload) {
    return with(upload, sourceSha256, packageVersion, published);
  }

  /** The source is whole in staging. */
  public IngestRecord queued() {
    return next(IngestState.QUEUED, 0, owner, fence, leaseUntil, attempts, failure, lastCause);
  }

  /** Taken by a worker; empty if there is nothing to do for one, or another has it. */
  public Optional<IngestRecord> claimedBy(String worker, Instant now, Duration lease) {
    boolean isWork =
        state == IngestState.QUEUED
            || state == IngestState.TRANSCODING
            || state == IngestState.PUBLISHING;
    return isWork && !now.isBefore(leaseUntil)
        ? Optional.of(
            next(state, progress, worker, fence + 1, now.plus(lease), attempts, null, lastCause))
        : Optional.empty();
  }

  /** Still held, and so far. */
  public IngestRecord renewed(double progressNow, Instant until) {
    return next(state, progressNow, owner, fence, until, attempts, failure, lastCause);
  }

  /** Given back because of {@code cause}; to be claimed from {@code when} on. */
  public IngestRecord released(Instant when, String cause) {
    return next(state, progress, owner, fence, when, attempts, failure, cause);
  }

  /** Transcoding begins, once more, with whatever it needs beside the source. */
  public IngestRecord transcoding() {
    return next(IngestState.TRANSCODING, 0, owner, fence, leaseUntil, attempts, null, lastCause);
  }

  /** The source itself is worked at, once more. */
  public IngestRecord attempted() {
    return next(state, progress, owner, fence, leaseUntil, attempts + 1, null, null);
  }

  /** The package's files are made, or are known to be in the object store. */
  public IngestRecord publishing() {
    return next(IngestState.PUBLISHING, 0, owner, fence, leaseUntil, attempts, null, lastCause);
  }

  /** The final good state. */
  public IngestRecord announcedToAll() {
    return next(IngestState.PUBLISHED, 1, owner, fence, leaseUntil, attempts, null, lastCause);
  }

  /** The final bad state. */
  public IngestRecord failed(String reason) {
    return next(
        IngestState.FAILED, progress, owner, fence, leaseUntil, attempts, reason, lastCause);
  }

  /** The source was read whole. */
  public IngestRecord identified(String sha256, String version) {
    return with(uploadId, sha256, version, published);
  }

  /** The package is whole in the object store. */
  public IngestRecord stored(Published facts) {
    return with(uploadId, sourceSha256, packageVersion, facts);
  }

  /** As operators see it. */
  public Ingest view(long partBytes) {
    return new Ingest(ingestId, titleId, state, partBytes, progress, packageVersion, failure);
  }

  private IngestRecord with(
      @Nullable String upload,
      @Nullable String sha256,
      @Nullable String version,
      @Nullable Published facts) {
    return new IngestRecord(
        ingestId,
        titleId,
        titleName,
        fileName,
        bytes,
        upload,
        state,
        progress,
        createdAt,
        revision + 1,
        owner,
        fence,
        leaseUntil,
        attempts,
        sha256,
        version,
        facts,
        failure,
        lastCause);
  }

  private IngestRecord next(
      IngestState nextState,
      double nextProgress,
      @Nullable String nextOwner,
      long nextFence,
      Instant nextLeaseUntil,
      int nextAttempts,
      @Nullable String nextFailure,
      @Nullable String nextCause) {
    return new IngestRecord(
        ingestId,
        titleId,
        titleName,
        fileName,
        bytes,
        uploadId,
        nextState,
        nextProgress,
        createdAt,
        revision + 1,
        nextOwner,
        nextFence,
        nextLeaseUntil,
        nextAttempts,
        sourceSha256,
        packageVersion,
        published,
        nextFailure,
        nextCause);
  }
}
