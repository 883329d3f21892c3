package io.tributary.client.abr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Everything a bitrate decision may rest on.
 *
 * @param ladder lowest average rate first, at least one
 * @param current the index of the last segment's rendition; empty at the start
 * @param estimateBitsPerSecond measured throughput; empty before the first sample
 * @param bufferMicros how much is ready to be played
 * @param maxBufferMicros how much may ever be
 * @param playing whether the buffer drains now: the viewer sees a picture
 */
public record AbrSituation(
    List<Quality> ladder,
    OptionalInt current,
    OptionalLong estimateBitsPerSecond,
    long bufferMicros,
    long maxBufferMicros,
    boolean playing) {
  public AbrSituation {
    if (ladder.isEmpty()) {
      throw new IllegalArgumentException("ladder is empty (expected: at least one rendition)");
    }
    ladder = Collections.unmodifiableList(new ArrayList<>(ladder));
  }

  /**
   * One rendition.
   *
   * @param averageBitsPerSecond over the whole title
   * @param nextBitsPerSecond of the segment that would be fetched next
   * @param nextDurationMicros of that segment
   */
  public record Quality(
      long averageBitsPerSecond, long nextBitsPerSecond, long nextDurationMicros) {
    /**
     * What the link must carry: a hard scene counts with its own rate, an easy one is no licence.
     */
    long neededBitsPerSecond() {
      return Math.max(averageBitsPerSecond, nextBitsPerSecond);
    }
  }
}
