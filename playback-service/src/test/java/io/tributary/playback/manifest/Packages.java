package io.tributary.playback.manifest;

import io.tributary.contracts.media.AudioFormat;
import io.tributary.contracts.media.MediaKind;
import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.PackageManifest;
import io.tributary.contracts.media.Rendition;
import io.tributary.contracts.media.Segment;
import io.tributary.contracts.media.VideoFormat;
import java.util.ArrayList;
import java.util.List;

/** Small packages as the pipeline makes them, and made them before it wrote playlists. */
public final class Packages {
  private static final String HASH = "0".repeat(64);

  private Packages() {}

  /** 10 s at 25 fps: two whole segments and a half one, 48 kHz sound beside them. */
  public static PackageManifest at25() {
    return title(
        10_000,
        video("v720", 1280, 720, 25, 1, 12_800, List.of(51_200L, 51_200L, 25_600L)),
        video("v360", 640, 360, 25, 1, 12_800, List.of(51_200L, 51_200L, 25_600L)),
        audio("a0", "en", List.of(192_512L, 191_488L, 96_000L)));
  }

  /** 96 frames of 24000/1001 a segment are 4.004 s. */
  public static PackageManifest at23976() {
    return title(
        10_010,
        video("v480", 854, 480, 24_000, 1_001, 24_000, List.of(96_096L, 96_096L, 48_048L)),
        audio("a0", "und", List.of(192_512L, 191_488L, 96_480L)));
  }

  /** The same package as the pipeline makes it today. */
  static PackageManifest withPlaylists(PackageManifest media) {
    return title(
        media.durationMillis(),
        media.renditions().stream().map(Packages::withPlaylist).toArray(Rendition[]::new));
  }

  private static Rendition withPlaylist(Rendition rendition) {
    return new Rendition(
        rendition.renditionId(),
        rendition.kind(),
        rendition.codecs(),
        rendition.timescale(),
        rendition.peakBitsPerSecond(),
        rendition.averageBitsPerSecond(),
        rendition.video(),
        rendition.audio(),
        rendition.init(),
        rendition.segments(),
        new PackageFile(rendition.renditionId() + "/index.m3u8", 300, HASH));
  }

  static PackageManifest soundOnly() {
    return title(8_000, audio("a0", "en", List.of(192_000L, 192_000L)));
  }

  static PackageManifest silent() {
    return title(8_000, video("v720", 1280, 720, 50, 1, 12_800, List.of(51_200L, 51_200L)));
  }

  static PackageManifest title(long durationMillis, Rendition... renditions) {
    return new PackageManifest(1, "demo", "p0123456789ab", durationMillis, List.of(renditions));
  }

  static Rendition video(
      String id, int width, int height, int rate, int per, long timescale, List<Long> durations) {
    return new Rendition(
        id,
        MediaKind.VIDEO,
        "avc1.4d401f",
        timescale,
        height * 4_000L,
        height * 3_000L,
        new VideoFormat(width, height, rate, per),
        null,
        new PackageFile(id + "/init.mp4", 800, HASH),
        segments(id, durations),
        null);
  }

  static Rendition audio(String id, String language, List<Long> durations) {
    return new Rendition(
        id,
        MediaKind.AUDIO,
        "mp4a.40.2",
        48_000,
        130_000,
        96_000,
        null,
        new AudioFormat(2, 48_000, language),
        new PackageFile(id + "/init.mp4", 700, HASH),
        segments(id, durations),
        null);
  }

  private static List<Segment> segments(String id, List<Long> durations) {
    List<Segment> segments = new ArrayList<>();
    long start = 0;
    for (long duration : durations) {
      String path = String.format("%s/%05d.m4s", id, segments.size() + 1);
      segments.add(new Segment(path, start, duration, 100_000, HASH));
      start += duration;
    }
    return segments;
  }
}
