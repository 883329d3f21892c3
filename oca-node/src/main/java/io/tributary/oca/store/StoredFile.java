package io.tributary.oca.store;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageRef;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that is held, with all that serving it needs. A repaired file is a new object: whoever
 * keeps something by this one (an open file) does not confuse the two.
 *
 * <p>Safe for use by many threads.
 */
public final class StoredFile {
  private final PackageRef ref;
  private final PackageFile file;
  private final Path location;
  private final String contentType;
  private final Instant lastModified;
  private volatile Instant verifiedAt;

  StoredFile(
      PackageRef ref,
      PackageFile file,
      Path location,
      String contentType,
      Instant lastModified,
      Instant verifiedAt) {
    this.ref = ref;
    this.file = file;
    this.location = location;
    this.contentType = contentType;
    this.lastModified = lastModified;
    this.verifiedAt = verifiedAt;
  }

  /** The package it is part of. */
  public PackageRef ref() {
    return ref;
  }

  /** Below the package's path. */
  public String path() {
    return file.path();
  }

  /** Its exact size. */
  public long bytes() {
    return file.bytes();
  }

  /** 64 lower-case hexadecimal digits. */
  public String sha256() {
    return file.sha256();
  }

  /** A playlist's, or that of its rendition's kind. */
  public String contentType() {
    return contentType;
  }

  /** When the package became held here, in whole seconds. */
  public Instant lastModified() {
    return lastModified;
  }

  /** Where it lies. */
  public Path location() {
    return location;
  }

  /** When its bytes were last read and were right; {@link Instant#EPOCH} if not in this run. */
  public Instant verifiedAt() {
    return verifiedAt;
  }

  void verified(Instant now) {
    verifiedAt = now;
  }

  StoredFile repaired(Instant now) {
    return new StoredFile(ref, file, location, contentType, lastModified, now);
  }

  PackageFile file() {
    return file;
  }

  @Override
  public String toString() {
    return ref.path() + "/" + path();
  }
}
