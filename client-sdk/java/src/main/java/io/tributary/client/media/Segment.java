package io.tributary.client.media;

/**
 * A piece of a rendition that can be decoded alone after the rendition's init file.
 *
 * @param file its bytes
 * @param startMicros presentation time of its first sample from the title's start
 * @param durationMicros at least 1
 */
public record Segment(MediaFile file, long startMicros, long durationMicros) {
  public Segment {
    MediaFile.check(startMicros >= 0, "start", startMicros, "0 or more");
    MediaFile.check(durationMicros >= 1, "duration", durationMicros, "more than 0");
  }

  /** When it ends, from the title's start. */
  public long endMicros() {
    return startMicros + durationMicros;
  }

  /** The rate at which it plays in real time. */
  public long bitsPerSecond() {
    return (long) (file.bytes() * 8_000_000.0 / durationMicros);
  }
}
