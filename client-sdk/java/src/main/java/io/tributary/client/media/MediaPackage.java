package io.tributary.client.media;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One immutable encoding of a title.
 *
 * @param titleId the title
 * @param packageVersion which encoding of it
 * @param durationMillis the longest rendition's duration
 * @param renditions at least one
 */
public record MediaPackage(
    String titleId, String packageVersion, long durationMillis, List<Rendition> renditions) {
  public MediaPackage {
    MediaFile.check(!renditions.isEmpty(), "renditions", "empty", "at least one");
    renditions = Collections.unmodifiableList(new ArrayList<>(renditions));
  }

  /** The renditions of one kind, lowest average rate first; empty if there is none. */
  public List<Rendition> ladder(MediaKind kind) {
    List<Rendition> ladder = new ArrayList<>();
    for (Rendition rendition : renditions) {
      if (rendition.kind() == kind) {
        ladder.add(rendition);
      }
    }
    ladder.sort((a, b) -> Long.compare(a.averageBitsPerSecond(), b.averageBitsPerSecond()));
    return ladder;
  }
}
