package io.tributary.client;

import io.tributary.client.error.PlayError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a play was like, so far or in all.
 *
 * @param playbackId names it in the fleet's logs; null if the service granted none
 * @param startupMillis from {@link Play#start()} to the first moving picture; empty before that
 * @param playedMillis how much media was played
 * @param rebufferCount how often the picture froze after it had started; empty without pacing
 * @param rebufferMillis for how long in all; empty without pacing
 * @param segments fetched, verified ones, of picture and sound together
 * @param bytes of those, and of init files
 * @param averageBitsPerSecond of the fetched segments: picture's bits over picture's time, plus the
 *     same for sound
 * @param bitrateSwitches how often two picture segments in a row were of different renditions
 * @param nodes who sent how many of the segments, most first
 * @param failovers how often a node was left for a fault
 * @param error why the play ended early; null while it goes on and if it did not
 */
public record PlayReport(
    @Nullable String playbackId,
    OptionalLong startupMillis,
    long playedMillis,
    OptionalInt rebufferCount,
    OptionalLong rebufferMillis,
    int segments,
    long bytes,
    long averageBitsPerSecond,
    int bitrateSwitches,
    List<NodeShare> nodes,
    int failovers,
    @Nullable PlayError error) {
  public PlayReport {
    nodes = Collections.unmodifiableList(new ArrayList<>(nodes));
  }

  /**
   * One node's part in a play.
   *
   * @param id the node
   * @param segments how many it completed
   */
  public record NodeShare(String id, int segments) {}
}
