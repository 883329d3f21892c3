package io.tributary.steering.location;

/**
 * A place on Earth.
 *
 * @param latitude in degrees, −90 to 90, north positive
 * @param longitude in degrees, −180 to 180, east positive
 */
public record Coordinates(double latitude, double longitude) {
  public Coordinates {
    check("latitude", latitude, 90);
    check("longitude", longitude, 180);
  }

  /** Whether these can be a place's coordinates. */
  public static boolean arePossible(double latitude, double longitude) {
    return isWithin(latitude, 90) && isWithin(longitude, 180);
  }

  @Override
  public String toString() {
    return latitude + "," + longitude;
  }

  private static void check(String name, double value, double max) {
    if (!isWithin(value, max)) {
      throw new IllegalArgumentException(
          name + " is " + value + " (expected: -" + max + " to " + max + ")");
    }
  }

  /** False for what is not a number, too. */
  private static boolean isWithin(double value, double max) {
    return value >= -max && value <= max;
  }
}
