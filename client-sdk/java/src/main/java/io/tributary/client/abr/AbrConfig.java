package io.tributary.client.abr;

/**
 * How bitrates are chosen.
 *
 * @param upShare of the estimate that a higher rendition may need; 0 to 1
 * @param downShare of the estimate that the present or a lower rendition may need; 0 to 1
 * @param fastHalfLifeSeconds of the average that follows falls
 * @param slowHalfLifeSeconds of the average that distrusts rises
 * @param startBitsPerSecond what to assume before anything is measured: low, because a start that
 *     waits loses more viewers than four seconds of a small picture
 * @param minSampleBytes fewer bytes say more about the socket's buffer than about the path
 * @param minBufferForUpMicros no rendition above the present one with less in the buffer; at most
 *     half of the largest buffer counts
 */
public record AbrConfig(
    double upShare,
    double downShare,
    double fastHalfLifeSeconds,
    double slowHalfLifeSeconds,
    long startBitsPerSecond,
    long minSampleBytes,
    long minBufferForUpMicros) {
  /** hls.js's guards and half-lives, which its years in the field have settled. */
  public static final AbrConfig DEFAULTS =
      new AbrConfig(0.7, 0.95, 3, 9, 1_500_000, 16_384, 8_000_000);

  public AbrConfig {
    check(upShare > 0 && upShare <= 1, "upShare", upShare, "0 to 1");
    check(downShare > 0 && downShare <= 1, "downShare", downShare, "0 to 1");
    check(fastHalfLifeSeconds > 0, "fastHalfLifeSeconds", fastHalfLifeSeconds, "more than 0");
    check(
        slowHalfLifeSeconds >= fastHalfLifeSeconds,
        "slowHalfLifeSeconds",
        slowHalfLifeSeconds,
        "fastHalfLifeSeconds or more");
    check(startBitsPerSecond > 0, "startBitsPerSecond", startBitsPerSecond, "more than 0");
    check(minSampleBytes > 0, "minSampleBytes", minSampleBytes, "more than 0");
    check(minBufferForUpMicros >= 0, "minBufferForUpMicros", minBufferForUpMicros, "0 or more");
  }

  private static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: " + expected + ")");
    }
  }
}
