package io.tributary.contracts.event;

import io.tributary.contracts.api.PlayEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's report of its play arrived. Written by playback-service.
 *
 * @param playbackId the play
 * @param account null for a public title's play without one
 * @param titleId the title
 * @param packageVersion the package
 * @param clientAddress truncated to its /24 or /48
 * @param receivedAt our clock
 * @param clockSkewMillis the client's clock less ours
 * @param player as sent
 * @param events a client's word, but for this: a node that they name was one of the play's
 */
public record PlayReported(
    String playbackId,
    @Nullable String account,
    String titleId,
    String packageVersion,
    String clientAddress,
    Instant receivedAt,
    long clockSkewMillis,
    @Nullable String player,
    List<PlayEvent> events) {
  /** The envelope's type. */
  public static final String TYPE = "play-reported";

  public PlayReported {
    events = events == null ? List.of() : List.copyOf(events);
  }
}
