package io.tributary.pipeline.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.contracts.media.PackageFile;
import io.tributary.contracts.media.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaPlaylistTest {
  private static final PackageFile INIT = new PackageFile("v480/init.mp4", 800, "");

  @Test
  void filesAreNamedFromThePlaylistsOwnFolderWithExactDurations() {
    assertThat(MediaPlaylist.of(24_000, INIT, segments(List.of(96_096L, 96_096L, 48_048L))))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:4
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MAP:URI="init.mp4"
            #EXTINF:4.004000,
            00001.m4s
            #EXTINF:4.004000,
            00002.m4s
            #EXTINF:2.002000,
            00003.m4s
            #EXT-X-ENDLIST
            """);
  }

  /** 1,000 segments of 1/3 s: rounding each by itself would lose a third of a millisecond. */
  @Test
  void roundedDurationsAddUpToTheWhole() {
    double sum =
        MediaPlaylist.of(3, INIT, segments(Collections.nCopies(1_000, 1L)))
            .lines()
            .filter(line -> line.startsWith("#EXTINF:"))
            .mapToDouble(line -> Double.parseDouble(line.substring(8, line.length() - 1)))
            .sum();

    assertThat(sum).isCloseTo(1_000 / 3.0, within(1e-6));
  }

  @Test
  void theTargetDurationIsTheLongestSegmentInWholeSecondsAndNeverNothing() {
    assertThat(MediaPlaylist.of(10, INIT, segments(List.of(36L, 44L, 45L))))
        .contains("#EXT-X-TARGETDURATION:5\n");
    assertThat(MediaPlaylist.of(10, INIT, segments(List.of(4L))))
        .contains("#EXT-X-TARGETDURATION:1\n");
  }

  private static List<Segment> segments(List<Long> durations) {
    List<Segment> segments = new ArrayList<>();
    long start = 0;
    for (long duration : durations) {
      String path = "v480/%05d.m4s".formatted(segments.size() + 1);
      segments.add(new Segment(path, start, duration, 100_000, ""));
      start += duration;
    }
    return segments;
  }
}
