package io.tributary.contracts.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A play was granted. Written by playback-service.
 *
 * @param playbackId the play
 * @param account null for a public title's play without one
 * @param titleId the title
 * @param packageVersion the package
 * @param clientAddress truncated to its /24 or /48
 * @param nodeIds as ranked
 * @param stale as answered
 */
public record PlayStarted(
    String playbackId,
    @Nullable String account,
    String titleId,
    String packageVersion,
    String clientAddress,
    List<String> nodeIds,
    boolean stale) {
  /** The envelope's type. */
  public static final String TYPE = "play-started";

  public PlayStarted {
    nodeIds = nodeIds == null ? List.of() : List.copyOf(nodeIds);
  }
}
