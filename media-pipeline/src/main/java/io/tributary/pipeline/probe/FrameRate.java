package io.tributary.pipeline.probe;

import java.util.List;

/**
 * Frames a second, exactly.
 *
 * @param numerator at least 1
 * @param denominator at least 1
 */
public record FrameRate(int numerator, int denominator) {
  /** Rates that pictures are really made at. */
  private static final List<FrameRate> USUAL =
      List.of(
          new FrameRate(24_000, 1001),
          new FrameRate(24, 1),
          new FrameRate(25, 1),
          new FrameRate(30_000, 1001),
          new FrameRate(30, 1),
          new FrameRate(48_000, 1001),
          new FrameRate(48, 1),
          new FrameRate(50, 1),
          new FrameRate(60_000, 1001),
          new FrameRate(60, 1),
          new FrameRate(20, 1),
          new FrameRate(15_000, 1001),
          new FrameRate(15, 1),
          new FrameRate(25, 2),
          new FrameRate(12, 1),
          new FrameRate(10, 1));

  /** Two rates this near are one rate: 24 and 24000/1001 differ by a thousandth. */
  private static final double SAME = 0.0004;

  /** More is halved: nobody's screen or line gains from it. */
  private static final double MAX_FRAMES_PER_SECOND = 60.5;

  private static final double LOWEST_USUAL = 9.5;

  public FrameRate {
    if (numerator < 1 || denominator < 1) {
      throw new IllegalArgumentException(
          "frame rate is " + numerator + "/" + denominator + " (expected: positive)");
    }
  }

  /**
   * The constant rate for a picture: its own where it has one, the nearest usual one where its
   * frames come at varying distances, never above 60.
   *
   * @param average measured frames a second, more than 0
   * @param isConstant whether every frame lasts equally long
   */
  static FrameRate constantFor(double average, boolean isConstant) {
    double rate = average;
    while (rate > MAX_FRAMES_PER_SECOND) {
      rate /= 2;
    }
    if (rate < LOWEST_USUAL && !isConstant) {
      return new FrameRate(Math.max(1, (int) Math.round(rate)), 1);
    }
    FrameRate nearest = USUAL.getFirst();
    for (FrameRate usual : USUAL) {
      if (distance(usual, rate) < distance(nearest, rate)) {
        nearest = usual;
      }
    }
    boolean isItself = distance(nearest, rate) < SAME;
    return isItself || !isConstant
        ? nearest
        : new FrameRate(Math.max(1, (int) Math.round(rate * 1000)), 1000);
  }

  private static double distance(FrameRate usual, double rate) {
    return Math.abs(usual.perSecond() / rate - 1);
  }

  /** As a number. */
  public double perSecond() {
    return (double) numerator / denominator;
  }

  /** {@code numerator/denominator}, as ffmpeg takes it. */
  @Override
  public String toString() {
    return numerator + "/" + denominator;
  }
}
