package io.tributary.oca.store;

import io.tributary.contracts.media.MediaKind;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.PackageRef;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import io.tributary.contracts.node.PlannedPackage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/** A small package with one rendition and its playlist: its bytes, and its manifest. */
public final class SamplePackage {
  public static final String PLAYLIST = "v720/index.m3u8";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PackageRef ref;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final PackageManifest manifest;
  private final byte[] manifestBytes;

  /**
   * A package whose files have these sizes: {@code v720/init.mp4}, {@code v720/00001.m4s}, …; the
   * playlist comes last.
   */
  public SamplePackage(String titleId, int... sizes) {
    this.ref = new PackageRef(titleId, "p1");
    Random random = new Random(titleId.hashCode());
    List<Segment> segments = new ArrayList<>();
    PackageFile init = null;
    for (int i = 0; i < sizes.length; i++) {
      byte[] bytes = new byte[sizes[i]];
      random.nextBytes(bytes);
      String path = i == 0 ? "v720/init.mp4" : "v720/%05d.m4s".formatted(i);
      files.put(path, bytes);
      String sha256 = Sha256.of(bytes);
      if (init == null) {
        init = new PackageFile(path, bytes.length, sha256);
      } else {
        segments.add(new Segment(path, i * 4L, 4, bytes.length, sha256));
      }
    }
    if (init == null) {
      throw new IllegalArgumentException("no files");
    }
    byte[] playlist = "#EXTM3U\n".getBytes(StandardCharsets.UTF_8);
    files.put(PLAYLIST, playlist);
    manifest =
        new PackageManifest(
            1,
            titleId,
            "p1",
            sizes.length * 4_000L,
            List.of(
                new Rendition(
                    "v720",
                    MediaKind.VIDEO,
                    "avc1",
                    1,
                    1,
                    1,
                    null,
                    null,
                    init,
                    segments,
                    new PackageFile(PLAYLIST, playlist.length, Sha256.of(playlist)))));
    manifestBytes = JSON.writeValueAsBytes(manifest);
  }

  public PackageRef ref() {
    return ref;
  }

  public PackageManifest manifest() {
    return manifest;
  }

  public byte[] manifestBytes() {
    return manifestBytes.clone();
  }

  public String manifestSha256() {
    return Sha256.of(manifestBytes);
  }

  /** All files but the manifest. */
  public List<PackageFile> packageFiles() {
    return PackageManifests.files(manifest);
  }

  /** The file's bytes; the manifest's too. */
  public byte[] bytes(String path) {
    byte[] bytes = path.equals(PackageManifest.FILE_NAME) ? manifestBytes : files.get(path);
    if (bytes == null) {
      throw new IllegalArgumentException(path);
    }
    return bytes.clone();
  }

  public PlannedPackage planned() {
    long sum = files.values().stream().mapToLong(bytes -> bytes.length).sum();
    return new PlannedPackage(ref.titleId(), ref.packageVersion(), manifestSha256(), sum);
  }

  /** Makes the store hold it. */
  public void install(PackageStore store) throws Exception {
    put(store, new PackageFile("manifest.json", manifestBytes.length, manifestSha256()));
    for (PackageFile file : packageFiles()) {
      put(store, file);
    }
    store.publish(manifest, manifestSha256());
  }

  /** Puts one file into a package that is not held yet. */
  public void put(PackageStore store, PackageFile file) throws Exception {
    byte[] bytes = bytes(file.path());
    try (IncomingFile incoming = store.fill(ref, file)) {
      incoming.write(bytes, 0, bytes.length);
      incoming.complete();
    }
  }
}
