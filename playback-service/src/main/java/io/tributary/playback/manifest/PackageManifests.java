package io.tributary.playback.manifest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.playback.catalogue.Catalogue;
import io.tributary.playback.lastknown.LastKnownFiles;
import io.tributary.playback.lastknown.Recall;
import io.tributary.playback.store.StoreAwayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Packages' manifests. They never change, so one that was found is good for ever: in memory for
 * those being played, on disk for those seen lately, in the catalogue for all.
 *
 * <p>Safe for use by many threads.
 */
public final class PackageManifests {
  private static final Logger LOG = LoggerFactory.getLogger(PackageManifests.class);

  /** In segments of all renditions; one takes some 300 bytes, so 120 MiB at most. */
  private static final long MAX_SEGMENTS_IN_MEMORY = 400_000;

  /** A day's title in ten renditions, of 4 s segments, is a third of it. */
  private static final int MAX_BYTES = 128 * 1024 * 1024;

  private final Catalogue catalogue;
  private final LastKnownFiles files;
  private final JsonMapper json;
  private final Cache<PackageRef, PackageManifest> inMemory =
      Caffeine.newBuilder()
          .maximumWeight(MAX_SEGMENTS_IN_MEMORY)
          .<PackageRef, PackageManifest>weigher((ref, manifest) -> segments(manifest))
          .build();

  public PackageManifests(Catalogue catalogue, LastKnownFiles files, JsonMapper json) {
    this.catalogue = catalogue;
    this.files = files;
    this.json = json;
  }

  /** A package's manifest; never stale. */
  public Recall<PackageManifest> find(PackageRef ref) {
    PackageManifest known = inMemory.getIfPresent(ref);
    if (known != null) {
      return new Recall.Known<>(known, false);
    }
    Optional<PackageManifest> onDisk = files.get(ref.path()).flatMap(bytes -> read(ref, bytes));
    if (onDisk.isPresent()) {
      files.touch(ref.path());
      inMemory.put(ref, onDisk.get());
      return new Recall.Known<>(onDisk.get(), false);
    }
    try {
      Optional<byte[]> stored = catalogue.manifest(ref);
      Optional<PackageManifest> manifest = stored.flatMap(bytes -> read(ref, bytes));
      manifest.ifPresent(found -> {
        stored.ifPresent(bytes -> files.put(ref.path(), bytes));
        inMemory.put(ref, found);
      });
      return manifest
          .<Recall<PackageManifest>>map(found -> new Recall.Known<>(found, false))
          .orElseGet(Recall.Absent::new);
    } catch (StoreAwayException _) {
      return new Recall.Unknown<>();
    }
  }

  /** Whether the manifest would be found with the catalogue away, after a restart too. */
  public boolean isOnDisk(PackageRef ref) {
    return files.has(ref.path());
  }

  /** Keeps a manifest on disk that was just published. */
  public void saw(PackageRef ref, byte[] gzipped) {
    files.put(ref.path(), gzipped);
  }

  private Optional<PackageManifest> read(PackageRef ref, byte[] gzipped) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
      PackageManifest manifest = json.readValue(in.readNBytes(MAX_BYTES), PackageManifest.class);
      if (manifest.ref().equals(ref)) {
        return Optional.of(manifest);
      }
      LOG.error("package={} event=manifest-of-another other={}", ref.path(), manifest.ref());
    } catch (IOException | JacksonException | IllegalArgumentException unreadable) {
      LOG.error(
          "package={} event=manifest-unreadable cause=\"{}\"", ref.path(), unreadable.toString());
    }
    return Optional.empty();
  }

  private static int segments(PackageManifest manifest) {
    return manifest.renditions().stream()
        .mapToInt(rendition -> rendition.segments().size() + 1)
        .sum();
  }
}
