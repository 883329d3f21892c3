package io.tributary.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What rounds say: their median, and the 95 % interval of it by bootstrap (Efron 1979: medians of
 * as many rounds, drawn again with replacement).
 *
 * @param median of the rounds
 * @param low of the interval
 * @param high of the interval
 */
public record Spread(double median, double low, double high) {
  private static final int DRAWS = 2_000;
  private static final long SEED = 95;

  /**
   * Of rounds; the same each time.
   *
   * @param rounds one at least
   */
  public static Spread of(List<Double> rounds) {
    double[] values = rounds.stream().mapToDouble(Double::doubleValue).toArray();
    Random random = new Random(SEED);
    double[] medians = new double[DRAWS];
    double[] drawn = new double[values.length];
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = values[random.nextInt(values.length)];
      }
      medians[draw] = median(drawn);
    }
    Arrays.sort(medians);
    return new Spread(
        median(values), medians[(int) (DRAWS * 0.025)], medians[(int) (DRAWS * 0.975) - 1]);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
