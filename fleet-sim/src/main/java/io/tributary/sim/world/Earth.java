package io.tributary.sim.world;

import io.tributary.steering.location.Coordinates;

/** Distances on a sphere of the Earth's size. */
public final class Earth {
  private static final double RADIUS_KILOMETRES = 6_371.0088;

  private Earth() {}

  /** Along the surface. */
  public static double kilometres(Coordinates one, Coordinates other) {
    return RADIUS_KILOMETRES * angle(one, other);
  }

  /** Seen from the centre, in radians: 0 to π. */
  public static double angle(Coordinates one, Coordinates other) {
    double oneLatitude = StrictMath.toRadians(one.latitude());
    double otherLatitude = StrictMath.toRadians(other.latitude());
    double between = StrictMath.toRadians(one.longitude() - other.longitude());
    double cosine =
        StrictMath.sin(oneLatitude) * StrictMath.sin(otherLatitude)
            + StrictMath.cos(oneLatitude) * StrictMath.cos(otherLatitude) * StrictMath.cos(between);
    return StrictMath.acos(Math.max(-1, Math.min(1, cosine)));
  }
}
