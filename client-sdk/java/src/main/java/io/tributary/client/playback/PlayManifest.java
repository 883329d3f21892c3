package io.tributary.client.playback;

import io.tributary.client.media.MediaPackage;
import io.tributary.client.nodes.PlayNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a play plays from.
 *
 * @param playbackId whose play
 * @param nodes best first, at least one
 * @param media every segment with its size and hash
 */
public record PlayManifest(String playbackId, List<PlayNode> nodes, MediaPackage media) {
  public PlayManifest {
    nodes = Collections.unmodifiableList(new ArrayList<>(nodes));
  }
}
