package io.tributary.client.buffer;

/**
 * How far ahead a play fetches.
 *
 * @param maxMicros no segment is asked for that would end later than this after the position (or
 *     than two segments, where that is more)
 * @param maxLeadMicros how far one track may be ahead of the other, so that sound does not take the
 *     link from a picture that is late
 */
public record BufferConfig(long maxMicros, long maxLeadMicros) {
  /** 25 s is what the research on bitrate rules assumes for films. */
  public static final BufferConfig DEFAULTS = new BufferConfig(25_000_000, 4_000_000);

  public BufferConfig {
    if (maxMicros < 1_000_000 || maxMicros > 600_000_000) {
      throw new IllegalArgumentException(
          "maxMicros is " + maxMicros + " (expected: 1 s to 10 minutes)");
    }
    if (maxLeadMicros < 0) {
      throw new IllegalArgumentException(
          "maxLeadMicros is " + maxLeadMicros + " (expected: 0 or more)");
    }
  }
}
