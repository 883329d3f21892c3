package io.tributary.oca.store;

import io.tributary.contracts.media.MediaKind;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A package on disk: all its files by path, and which of them were dropped.
 *
 * <p>Safe for use by many threads.
 */
final class HeldPackage {
  /** HLS, RFC 8216. */
  private static final String PLAYLIST = "application/vnd.apple.mpegurl";

  private final PackageRef ref;
  private final String manifestSha256;
  private final long bytes;
  private final Map<String, StoredFile> files = new ConcurrentHashMap<>();
  private final Set<String> dropped = ConcurrentHashMap.newKeySet();

  HeldPackage(
      PackageManifest manifest,
      String manifestSha256,
      Path directory,
      Instant heldSince,
      Instant verifiedAt) {
    this.ref = manifest.ref();
    this.manifestSha256 = manifestSha256;
    Instant lastModified = heldSince.truncatedTo(ChronoUnit.SECONDS);
    long sum = 0;
    for (Rendition rendition : manifest.renditions()) {
      String media = rendition.kind() == MediaKind.VIDEO ? "video/mp4" : "audio/mp4";
      for (PackageFile file : files(rendition)) {
        String type = file.equals(rendition.playlist()) ? PLAYLIST : media;
        files.put(
            file.path(),
            new StoredFile(
                ref, file, directory.resolve(file.path()), type, lastModified, verifiedAt));
        sum += file.bytes();
      }
    }
    this.bytes = sum;
  }

  /** All files of a package but its manifest, in the manifest's order. */
  static List<PackageFile> files(PackageManifest manifest) {
    Map<String, PackageFile> files = new LinkedHashMap<>();
    for (Rendition rendition : manifest.renditions()) {
      files(rendition).forEach(file -> files.put(file.path(), file));
    }
    return List.copyOf(files.values());
  }

  private static List<PackageFile> files(Rendition rendition) {
    List<PackageFile> files = new ArrayList<>();
    files.add(rendition.init());
    for (Segment segment : rendition.segments()) {
      files.add(new PackageFile(segment.path(), segment.bytes(), segment.sha256()));
    }
    PackageFile playlist = rendition.playlist();
    if (playlist != null) {
      files.add(playlist);
    }
    return files;
  }

  PackageRef ref() {
    return ref;
  }

  long bytes() {
    return bytes;
  }

  Held held() {
    return new Held(ref, manifestSha256, bytes, dropped.isEmpty());
  }

  Lookup find(String path) {
    StoredFile file = files.get(path);
    if (file == null) {
      return new Lookup.Unknown();
    }
    return dropped.contains(path) ? new Lookup.Dropped() : new Lookup.Found(file);
  }

  List<StoredFile> present() {
    return files.values().stream().filter(file -> !dropped.contains(file.path())).toList();
  }

  List<PackageFile> missing() {
    return dropped.stream().map(files::get).filter(f -> f != null).map(StoredFile::file).toList();
  }

  /** Whether it was this very file that is dropped now; false if it was dropped or repaired. */
  boolean drop(StoredFile file) {
    return files.get(file.path()) == file && dropped.add(file.path());
  }

  void repaired(String path, Instant now) {
    files.computeIfPresent(path, (name, file) -> file.repaired(now));
    dropped.remove(path);
  }
}
