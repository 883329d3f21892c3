package io.tributary.client.loading;

/**
 * How long a node may keep a play waiting.
 *
 * @param shortestStallMillis no node is left sooner for its silence, however low the buffer
 * @param longestStallMillis no node is borne with longer, however full the buffer
 * @param stallShare of the buffer that one silent node may use up; 0 to 1
 * @param longestConnectMillis of one connection attempt; with {@code longestStallMillis} the most
 *     that a hanging node costs
 * @param startStallMicros what the buffer counts as before the play has started
 * @param patientConnectMillis as {@code longestConnectMillis}, once every node has failed
 * @param patientStallMillis as {@code longestStallMillis}, once every node has failed
 * @param firstRetryMillis wait before the nodes are asked again once all have failed; doubles
 * @param longestRetryMillis where doubling ends
 * @param giveUpMillis how long a picture may be frozen, all nodes having failed, before the play
 *     ends
 * @param penaltyMillis how long a new ranking does not lift a node's penalty
 */
public record LoadingConfig(
    int shortestStallMillis,
    int longestStallMillis,
    double stallShare,
    int longestConnectMillis,
    long startStallMicros,
    int patientConnectMillis,
    int patientStallMillis,
    int firstRetryMillis,
    int longestRetryMillis,
    int giveUpMillis,
    int penaltyMillis) {
  /** A hang is left within 3 s, and two hangs in a row fit a buffer of 4 s. */
  public static final LoadingConfig DEFAULTS =
      new LoadingConfig(
          700, 2_000, 0.33, 1_000, 4_000_000, 3_000, 5_000, 250, 2_000, 20_000, 60_000);

  public LoadingConfig {
    check(shortestStallMillis >= 1, "shortestStallMillis", shortestStallMillis, "1 or more");
    check(
        longestStallMillis >= shortestStallMillis,
        "longestStallMillis",
        longestStallMillis,
        "shortestStallMillis or more");
    check(stallShare > 0 && stallShare <= 1, "stallShare", stallShare, "0 to 1");
    check(longestConnectMillis >= 1, "longestConnectMillis", longestConnectMillis, "1 or more");
    check(startStallMicros >= 0, "startStallMicros", startStallMicros, "0 or more");
    check(patientConnectMillis >= 1, "patientConnectMillis", patientConnectMillis, "1 or more");
    check(patientStallMillis >= 1, "patientStallMillis", patientStallMillis, "1 or more");
    check(firstRetryMillis >= 1, "firstRetryMillis", firstRetryMillis, "1 or more");
    check(
        longestRetryMillis >= firstRetryMillis,
        "longestRetryMillis",
        longestRetryMillis,
        "firstRetryMillis or more");
    check(giveUpMillis >= 0, "giveUpMillis", giveUpMillis, "0 or more");
    check(penaltyMillis >= 0, "penaltyMillis", penaltyMillis, "0 or more");
  }

  private static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: " + expected + ")");
    }
  }
}
