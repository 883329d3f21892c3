package io.tributary.contracts.event;

import java.util.List;

/** A play goes on. Written by playback-service. */
public record PlayRenewed(
    String playbackId, String titleId, String packageVersion, List<String> nodeIds) {
  /** The envelope's type. */
  public static final String TYPE = "play-renewed";

  public PlayRenewed {
    nodeIds = nodeIds == null ? List.of() : List.copyOf(nodeIds);
  }
}
