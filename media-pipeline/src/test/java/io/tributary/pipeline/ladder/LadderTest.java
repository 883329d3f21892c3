package io.tributary.pipeline.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.pipeline.probe.DynamicRange;
import io.tributary.pipeline.probe.FrameRate;
import io.tributary.pipeline.probe.ProbeResult.Video;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1920 | 1080 | v1080 1920x1080, v720 1280x720, v480 854x480, v360 640x360, v240 426x240
          3840 | 2160 | v1080 1920x1080, v720 1280x720, v480 854x480, v360 640x360, v240 426x240
          1280 | 720  | v720 1280x720, v480 854x480, v360 640x360, v240 426x240
          1080 | 1920 | v1920 1080x1920, v1280 720x1280, v854 480x854, v640 360x640, v426 240x426
          1920 | 800  | v800 1920x800, v534 1280x534, v356 854x356, v266 640x266, v178 426x178
          320  | 180  | v180 320x180
          321  | 241  | v240 320x240
          900  | 500  | v500 900x500, v356 640x356, v236 426x236
          17   | 16   | v16 16x16
          """)
  void renditionsOf(int width, int height, String expected) {
    List<Rung> rungs = Ladder.of(source(width, height, new FrameRate(25, 1)));

    assertThat(
            String.join(
                ", ",
                rungs.stream()
                    .map(rung -> rung.renditionId() + " " + rung.width() + "x" + rung.height())
                    .toList()))
        .isEqualTo(expected);
  }

  @Test
  void ratesFallFromRungToRungAndGrowWithTheFrameRate() {
    List<Rung> slow = Ladder.of(source(1920, 1080, new FrameRate(25, 1)));
    List<Rung> fast = Ladder.of(source(1920, 1080, new FrameRate(50, 1)));

    assertThat(slow.getFirst().maxBitsPerSecond()).isEqualTo(4_500_000);
    for (int i = 0; i < slow.size(); i++) {
      assertThat(fast.get(i).maxBitsPerSecond()).isGreaterThan(slow.get(i).maxBitsPerSecond());
      assertThat(i == 0 || slow.get(i).maxBitsPerSecond() < slow.get(i - 1).maxBitsPerSecond())
          .isTrue();
    }
  }

  private static Video source(int width, int height, FrameRate rate) {
    return new Video(0, width, height, rate, 60, DynamicRange.STANDARD, false, null);
  }
}
