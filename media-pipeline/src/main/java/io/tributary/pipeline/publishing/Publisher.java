package io.tributary.pipeline.publishing;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import io.tributary.pipeline.ingest.IngestRecord.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.DoubleConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes packages into the object store: every file, each read back from disk and checked against
 * the manifest, and the manifest last. A package without manifest does not exist, so at no instant
 * is there half of one. Safe for use by many threads.
 */
public final class Publisher {
  private final PackageStore store;
  private final JsonMapper json;

  /** Publishes into this store. */
  public Publisher(PackageStore store, JsonMapper json) {
    this.store = store;
    this.json = json;
  }

  /** Whether the caller may still write; asked before each file. */
  @FunctionalInterface
  public interface Permit {
    /**
     * Returns if so.
     *
     * @throws IOException if not
     */
    void check() throws IOException;
  }

  /**
   * Publishes a package.
   *
   * @param directory with its files and manifest
   * @param progress gets how far it is, 0 to 1
   * @param permit asked before each write
   * @throws IOException if a file on disk is not what the manifest says, or the permit ended
   */
  public Published publish(Path directory, Instant now, DoubleConsumer progress, Permit permit)
      throws IOException {
    byte[] manifestBytes = Files.readAllBytes(directory.resolve(PackageManifest.FILE_NAME));
    PackageManifest manifest = made(manifestBytes);
    List<PackageFile> files = files(manifest);
    for (int i = 0; i < files.size(); i++) {
      PackageFile file = files.get(i);
      // A segment: a few MB.
      byte[] bytes = Files.readAllBytes(directory.resolve(file.path()));
      if (bytes.length != file.bytes() || !sha256(bytes).equals(file.sha256())) {
        throw new IOException(
            "%s on disk is not the one that was made (expected: sha256 %s)"
                .formatted(file.path(), file.sha256()));
      }
      permit.check();
      store.put(manifest.ref(), file.path(), bytes);
      progress.accept((double) (i + 1) / files.size());
    }
    permit.check();
    store.put(manifest.ref(), PackageManifest.FILE_NAME, manifestBytes);
    return facts(manifest, manifestBytes, now);
  }

  /** The manifest on disk, which a machine that lost its power may have left torn. */
  private PackageManifest made(byte[] manifestBytes) throws IOException {
    try {
      return json.readValue(manifestBytes, PackageManifest.class);
    } catch (JacksonException e) {
      throw new IOException("the manifest on disk is not the one that was made", e);
    }
  }

  /** What there is to announce of a manifest's package. */
  public Published facts(byte[] manifestBytes, Instant now) {
    return facts(json.readValue(manifestBytes, PackageManifest.class), manifestBytes, now);
  }

  private static Published facts(PackageManifest manifest, byte[] manifestBytes, Instant now) {
    long bytes = manifestBytes.length;
    for (PackageFile file : files(manifest)) {
      bytes += file.bytes();
    }
    return new Published(
        PackageStore.key(manifest.ref(), PackageManifest.FILE_NAME),
        sha256(manifestBytes),
        manifest.durationMillis(),
        bytes,
        now);
  }

  private static List<PackageFile> files(PackageManifest manifest) {
    List<PackageFile> files = new ArrayList<>();
    for (Rendition rendition : manifest.renditions()) {
      files.add(rendition.init());
      for (Segment segment : rendition.segments()) {
        files.add(new PackageFile(segment.path(), segment.bytes(), segment.sha256()));
      }
      PackageFile playlist = rendition.playlist();
      if (playlist != null) {
        files.add(playlist);
      }
    }
    return files;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
