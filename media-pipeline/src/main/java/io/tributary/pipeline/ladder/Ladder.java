package io.tributary.pipeline.ladder;

import io.tributary.pipeline.probe.ProbeResult.Video;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses a source's video renditions, best first: its own size, and below it those of 1080, 720,
 * 480, 360 and 240 lines that are clearly smaller. Never above the source and never above 1920 ×
 * 1080 (or 1080 × 1920), at most five. A wide picture is fitted by its width.
 *
 * <p>Rate: {@code 4.5 Mbit/s · (pixels / 1920·1080)^0.8 · (frames per second / 25)^0.5}, the last
 * factor within 0.7 and 1.6: neither twice the pixels nor twice the frames need twice the bits.
 *
 * <p>Pure.
 */
public final class Ladder {
  /**
   * Names all that a package's bytes follow from beside its source: this ladder, the encoder's
   * settings, and which files are written. Grows with any change to one of them.
   */
  public static final int RECIPE_VERSION = 2;

  private static final int MAX_RUNGS = 5;

  /** Long and short side of the boxes that pictures are fitted into. */
  private static final int[][] BOXES = {
    {1920, 1080}, {1280, 720}, {854, 480}, {640, 360}, {426, 240}
  };

  /** A rung is worth its encoding only where it has at most so much of the one above's height. */
  private static final double CLEARLY_SMALLER = 0.85;

  private static final double FULL_HD_PIXELS = 1920.0 * 1080.0;
  private static final double FULL_HD_BITS_PER_SECOND = 4_500_000;
  private static final long RATE_STEP = 10_000;

  private Ladder() {}

  /** The renditions of this source, at least one. */
  public static List<Rung> of(Video source) {
    List<Rung> rungs = new ArrayList<>();
    for (int[] box : BOXES) {
      boolean isWide = source.width() >= source.height();
      double scale =
          Math.min(
              1,
              Math.min(
                  (double) box[isWide ? 0 : 1] / source.width(),
                  (double) box[isWide ? 1 : 0] / source.height()));
      int width = even(source.width() * scale);
      int height = even(source.height() * scale);
      boolean isNew = rungs.isEmpty() || height <= rungs.getLast().height() * CLEARLY_SMALLER;
      if (isNew && rungs.size() < MAX_RUNGS) {
        rungs.add(new Rung("v" + height, width, height, rate(width, height, source)));
      }
    }
    return rungs;
  }

  /** The nearest even number; an odd source loses a line rather than gaining one. */
  private static int even(double pixels) {
    return Math.max(2, 2 * (int) Math.floor(pixels / 2 + 0.499));
  }

  private static long rate(int width, int height, Video source) {
    double frames = Math.clamp(Math.sqrt(source.frameRate().perSecond() / 25), 0.7, 1.6);
    double bits =
        FULL_HD_BITS_PER_SECOND * Math.pow((double) width * height / FULL_HD_PIXELS, 0.8) * frames;
    return Math.max(RATE_STEP, Math.round(bits / RATE_STEP) * RATE_STEP);
  }
}
