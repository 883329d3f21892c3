package io.tributary.sim.scenario;

import java.time.Duration;
import java.util.List;

/**
 * How much is played. Arrivals are a Poisson process whose rate makes the fleet carry a share of
 * its egress capacity once as many plays end as begin; lengths are exponential.
 *
 * @param levels the share over time, straight lines between them; at least one, in order of time
 * @param meanPlayLength of plays
 * @param bitsPerSecond that plays take, each as likely as another
 * @param crowds who all want the same
 */
public record Demand(
    List<Level> levels, Duration meanPlayLength, List<Long> bitsPerSecond, List<Crowd> crowds) {
  public Demand {
    levels = List.copyOf(levels);
    bitsPerSecond = List.copyOf(bitsPerSecond);
    crowds = List.copyOf(crowds);
  }

  /** That share of the fleet's capacity at that time. */
  public record Level(Duration at, double shareOfCapacity) {}

  /**
   * Of the arrivals in this time, this share wants one package and comes from one site's viewers.
   *
   * @param site whose viewers; {@link #EVERYWHERE} for all sites' alike
   */
  public record Crowd(Duration from, Duration until, double share, int packageIndex, int site) {
    /** From no site in particular. */
    public static final int EVERYWHERE = -1;
  }

  /** The share of the fleet's capacity that is wanted then. */
  public double shareOfCapacity(long atMicros) {
    Level before = levels.getFirst();
    for (Level level : levels) {
      long micros = micros(level.at());
      if (micros > atMicros) {
        long from = micros(before.at());
        double way = (double) (atMicros - from) / (micros - from);
        return before.shareOfCapacity()
            + way * (level.shareOfCapacity() - before.shareOfCapacity());
      }
      before = level;
    }
    return before.shareOfCapacity();
  }

  /** Of a play, on average. */
  public double meanBitsPerSecond() {
    return bitsPerSecond.stream().mapToLong(Long::longValue).average().orElseThrow();
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
