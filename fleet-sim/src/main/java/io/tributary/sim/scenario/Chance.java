package io.tributary.sim.scenario;

import java.util.SplittableRandom;

/**
 * All chance of a run: one generator a concern, so that one more draw here changes nothing there.
 */
public final class Chance {
  private Chance() {}

  /** The generator of a concern. */
  public static SplittableRandom of(long seed, String concern) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + concern.hashCode());
  }

  /** An exponential draw. */
  public static double exponential(SplittableRandom random, double mean) {
    return -mean * StrictMath.log(1 - random.nextDouble());
  }

  /** Which of these cumulative weights a draw falls on. */
  public static int pick(SplittableRandom random, double[] cumulative) {
    double draw = random.nextDouble() * cumulative[cumulative.length - 1];
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > draw) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The cumulative weights of Zipf's law: {@code 1 / rank^exponent}. */
  public static double[] zipf(int ranks, double exponent) {
    double[] cumulative = new double[ranks];
    double sum = 0;
    for (int rank = 1; rank <= ranks; rank++) {
      sum += StrictMath.pow(rank, -exponent);
      cumulative[rank - 1] = sum;
    }
    return cumulative;
  }
}
