package io.tributary.client.loading;

import java.util.OptionalLong;

/**
 * Whether a node that does send should be left for its slowness. It should when its rate is below a
 * floor at which nothing could be played; or when the rest of the file would come after the buffer
 * is empty and the node is slower than half of what the path has carried. The second half of that
 * keeps a slow access link, on which every node is slow, from costing every node its trust.
 *
 * <p>Pure.
 */
final class SlowNodeRule {
  private static final double SHARE_OF_PATH = 0.5;

  private SlowNodeRule() {}

  /**
   * Judges one window of a transfer.
   *
   * @param windowBytes received in the window
   * @param windowNanos its length, more than 0
   * @param remainingBytes of the file
   * @param bufferMicros what can still be played
   * @param pathBitsPerSecond measured throughput; empty before the first sample
   * @param floorBitsPerSecond the rate below which nothing could be played
   */
  static boolean isTooSlow(
      long windowBytes,
      long windowNanos,
      long remainingBytes,
      long bufferMicros,
      OptionalLong pathBitsPerSecond,
      long floorBitsPerSecond) {
    double bitsPerSecond = windowBytes * 8e9 / windowNanos;
    if (bitsPerSecond < floorBitsPerSecond) {
      return true;
    }
    boolean late = remainingBytes * 8e6 > bitsPerSecond * bufferMicros;
    return late
        && pathBitsPerSecond.isPresent()
        && bitsPerSecond < SHARE_OF_PATH * pathBitsPerSecond.getAsLong();
  }
}
