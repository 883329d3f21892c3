package io.tributary.steering.location;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Orders sites by their distance from a place, in tiers of about the same distance.
 *
 * <p>A tier begins at the nearest site that is left and takes every further one that is at most
 * half as far again or {@value #LEAST_SPREAD_KILOMETRES} km beyond it, whichever is more. Delay
 * grows with distance, so what half as much again is hardly a difference far away is one near by;
 * and 100 km of fibre are a millisecond there and back, less than databases of addresses are wrong
 * by.
 *
 * <p>Distances are those of a sphere (the Earth is one to 0.5 %), compared as straight lines
 * through it, which grow with the arc and need no trigonometry a site. What trigonometry is left is
 * {@code StrictMath}'s, so every machine has the same order. Immutable; safe for use by many
 * threads.
 */
final class GeographicOrder {
  private static final double EARTH_RADIUS_KILOMETRES = 6_371.0088;
  private static final double SPREAD = 1.5;
  static final double LEAST_SPREAD_KILOMETRES = 100;

  /** The site's number is kept in the lowest bits of its distance: of 52 bits 38 are left. */
  private static final int NUMBER_BITS = 14;

  private static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;

  private final Sites sites;

  /** Of those sites that have coordinates. */
  private final int[] siteNumbers;

  /** Of each site, a point on the sphere of radius 1. */
  private final double[] points;

  /** Of the sites whose coordinates are known; of 16,384 at most. */
  GeographicOrder(Sites sites) {
    this.sites = sites;
    int[] numbers = new int[sites.all().size()];
    List<Coordinates> places = new ArrayList<>();
    for (int number = 0; number < numbers.length; number++) {
      Coordinates coordinates = sites.all().get(number).coordinates();
      if (coordinates != null && places.size() <= NUMBER_MASK) {
        numbers[places.size()] = number;
        places.add(coordinates);
      }
    }
    this.siteNumbers = Arrays.copyOf(numbers, places.size());
    this.points = new double[3 * places.size()];
    for (int i = 0; i < places.size(); i++) {
      System.arraycopy(point(places.get(i)), 0, points, 3 * i, 3);
    }
  }

  /**
   * The sites by distance.
   *
   * @param seen numbers of the sites to leave out; those named are added
   */
  List<Tier> tiers(Coordinates from, BitSet seen) {
    long[] nearestFirst = nearestFirst(from, seen);
    List<Tier> tiers = new ArrayList<>();
    int next = 0;
    while (next < nearestFirst.length) {
      double nearest = kilometres(nearestFirst[next]);
      long limit = chordSquared(Math.max(SPREAD * nearest, nearest + LEAST_SPREAD_KILOMETRES));
      List<String> tier = new ArrayList<>();
      while (next < nearestFirst.length && nearestFirst[next] <= limit) {
        int number = siteNumbers[(int) (nearestFirst[next] & NUMBER_MASK)];
        tier.add(sites.all().get(number).siteId());
        next++;
      }
      double farthest = kilometres(nearestFirst[next - 1]);
      tier.sort(null);
      tiers.add(new Tier(List.copyOf(tier), new Found.ByDistance(from, nearest, farthest)));
    }
    return tiers;
  }

  /** Bits of a distance that is not negative order as the distance does. */
  private long[] nearestFirst(Coordinates from, BitSet seen) {
    double[] point = point(from);
    long[] distances = new long[siteNumbers.length];
    int count = 0;
    for (int i = 0; i < siteNumbers.length; i++) {
      if (!seen.get(siteNumbers[i])) {
        seen.set(siteNumbers[i]);
        double x = points[3 * i] - point[0];
        double y = points[3 * i + 1] - point[1];
        double z = points[3 * i + 2] - point[2];
        long bits = Double.doubleToLongBits(x * x + y * y + z * z);
        distances[count++] = (bits & ~NUMBER_MASK) | i;
      }
    }
    long[] sorted = Arrays.copyOf(distances, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Along the surface; from a chord's square as it is in the sorted list. */
  private static double kilometres(long chordSquared) {
    double chord = Math.sqrt(Double.longBitsToDouble(chordSquared & ~NUMBER_MASK));
    return 2 * EARTH_RADIUS_KILOMETRES * StrictMath.asin(Math.min(1, chord / 2));
  }

  /** The square of the chord of this arc, of at most half the globe, as in the sorted list. */
  private static long chordSquared(double kilometres) {
    double halfAngle = Math.min(Math.PI / 2, kilometres / (2 * EARTH_RADIUS_KILOMETRES));
    double chord = 2 * StrictMath.sin(halfAngle);
    return halfAngle == Math.PI / 2
        ? Long.MAX_VALUE
        : Double.doubleToLongBits(chord * chord) | NUMBER_MASK;
  }

  private static double[] point(Coordinates place) {
    double latitude = StrictMath.toRadians(place.latitude());
    double longitude = StrictMath.toRadians(place.longitude());
    double equatorial = StrictMath.cos(latitude);
    return new double[] {
      equatorial * StrictMath.cos(longitude),
      equatorial * StrictMath.sin(longitude),
      StrictMath.sin(latitude)
    };
  }
}
