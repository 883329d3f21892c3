package io.tributary.pipeline.probe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.pipeline.ffmpeg.Ffmpeg;
import io.tributary.pipeline.ffmpeg.ToolRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prober that the kernel ends says nothing of the source. */
class KilledProbeIT {
  private static final String PICTURE =
      "{\"streams\":[{\"codec_type\":\"video\",\"codec_name\":\"h264\",\"width\":64,\"height\":64,"
          + "\"avg_frame_rate\":\"25/1\",\"r_frame_rate\":\"25/1\"}],"
          + "\"format\":{\"duration\":\"4\"}}";

  @TempDir Path directory;

  @Test
  void killedAtTheHeader() throws Exception {
    assertIsNotTheSourcesFault("kill -9 $$");
  }

  @Test
  void killedAtThePackets() throws Exception {
    assertIsNotTheSourcesFault(
        "case \"$*\" in *-show_format*) echo '" + PICTURE + "';; *) kill -9 $$;; esac");
  }

  private void assertIsNotTheSourcesFault(String script) throws IOException {
    Path prober =
        Files.createFile(
            directory.resolve("ffprobe"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(prober, "#!/bin/sh\n" + script + "\n");
    Path source = Files.writeString(directory.resolve("source"), "a film");
    try (ToolRuns runs = new ToolRuns()) {
      SourceProbe probe = new SourceProbe(new Ffmpeg(prober, prober), runs);
      assertThatThrownBy(() -> probe.probe(source))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("137");
    }
  }
}
