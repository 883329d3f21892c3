package io.tributary.client.media;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One encoding of the title's picture or sound.
 *
 * @param renditionId unique in the title
 * @param kind picture or sound
 * @param codecs as RFC 6381 writes them
 * @param averageBitsPerSecond all segments' bytes over all their time
 * @param width pixels; 0 for sound
 * @param height pixels; 0 for sound
 * @param init what a decoder needs before any segment
 * @param segments in the order of play, at least one
 */
public record Rendition(
    String renditionId,
    MediaKind kind,
    String codecs,
    long averageBitsPerSecond,
    int width,
    int height,
    MediaFile init,
    List<Segment> segments) {
  public Rendition {
    MediaFile.check(!renditionId.isEmpty(), "renditionId", renditionId, "a name");
    MediaFile.check(
        averageBitsPerSecond >= 1, "averageBitsPerSecond", averageBitsPerSecond, "more than 0");
    MediaFile.check(!segments.isEmpty(), renditionId + ".segments", "empty", "at least one");
    segments = Collections.unmodifiableList(new ArrayList<>(segments));
  }

  /**
   * The index of the segment that plays at {@code micros}; the first or last one outside the title.
   */
  public int segmentAt(long micros) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).startMicros() <= micros) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
