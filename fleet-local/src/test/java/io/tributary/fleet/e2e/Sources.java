package io.tributary.fleet.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Videos to ingest, made by the same ffmpeg that the pipeline runs. */
final class Sources {

  private Sources() {}

  /**
   * A moving picture with a tone, {@code seconds} long at {@code frameRate} (as ffmpeg writes it,
   * e.g. 24000/1001).
   */
  static Path video(Fleet fleet, Path folder, String name, String frameRate, int seconds) {
    Path file = folder.resolve(name + ".mp4");
    Fleet.run(
        folder,
        Duration.ofMinutes(1),
        List.of(
            ffmpeg(fleet).toString(),
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=640x360:rate=" + frameRate + ":duration=" + seconds,
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=440:sample_rate=48000:duration=" + seconds,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac",
            file.toString()));
    return file;
  }

  static Path ffmpeg(Fleet fleet) {
    return FleetFiles.ffmpeg(fleet, "ffmpeg");
  }

  static Path ffprobe(Fleet fleet) {
    return FleetFiles.ffmpeg(fleet, "ffprobe");
  }
}
