package io.tributary.client.playback;

/**
 * How calls to the public API are bounded.
 *
 * @param connectMillis until a connection stands
 * @param silenceMillis until the first byte, and between two reads
 * @param callMillis of one attempt, to its last byte
 * @param attempts of one call, the first included
 * @param firstRetryMillis wait before the second attempt; doubles
 * @param longestRetryAfterMillis how much of the service's {@code Retry-After} is obeyed here;
 *     where it asks for more, the call fails and the app may wait
 */
public record ApiConfig(
    int connectMillis,
    int silenceMillis,
    int callMillis,
    int attempts,
    int firstRetryMillis,
    int longestRetryAfterMillis) {
  /** A viewer waits: three attempts fit about ten seconds. */
  public static final ApiConfig DEFAULTS = new ApiConfig(2_000, 5_000, 15_000, 3, 200, 2_000);

  public ApiConfig {
    check(connectMillis >= 1, "connectMillis", connectMillis, "1 or more");
    check(silenceMillis >= 1, "silenceMillis", silenceMillis, "1 or more");
    check(callMillis >= 1, "callMillis", callMillis, "1 or more");
    check(attempts >= 1 && attempts <= 10, "attempts", attempts, "1 to 10");
    check(firstRetryMillis >= 1, "firstRetryMillis", firstRetryMillis, "1 or more");
    check(
        longestRetryAfterMillis >= 0,
        "longestRetryAfterMillis",
        longestRetryAfterMillis,
        "0 or more");
  }

  private static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: " + expected + ")");
    }
  }
}
