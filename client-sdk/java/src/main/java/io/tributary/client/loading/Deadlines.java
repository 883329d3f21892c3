package io.tributary.client.loading;

/**
 * How long one request may connect and how long it may be silent.
 *
 * <p>{@code silence = clamp(stallShare * buffer, shortestStall, longestStall)}, {@code connect =
 * min(silence, longestConnect)}: a full buffer can bear a slow answer, a low one must leave in time
 * to fetch the rest elsewhere.
 *
 * @param connectMillis until a connection stands
 * @param silenceMillis until the first byte, and between two reads
 */
record Deadlines(int connectMillis, int silenceMillis) {
  /** The deadlines while some node is trusted. */
  static Deadlines urgent(LoadingConfig config, long bufferMicros) {
    double share = config.stallShare() * bufferMicros / 1_000;
    int silence =
        (int) Math.max(config.shortestStallMillis(), Math.min(config.longestStallMillis(), share));
    return new Deadlines(Math.min(silence, config.longestConnectMillis()), silence);
  }

  /**
   * The deadlines once every node has failed: a slow path looks like dead nodes, so wait longer.
   */
  static Deadlines patient(LoadingConfig config) {
    return new Deadlines(config.patientConnectMillis(), config.patientStallMillis());
  }
}
