package io.tributary.contracts.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client measured and did since its last report of a play: the body of {@code POST
 * /api/v1/playbacks/{playbackId}/reports}. It may be sent again; what came before is known by its
 * sequence.
 *
 * @param sentAt the client's clock, by which its events' times are put right
 * @param player name and version of who reports, e.g. {@code tributary-java/0.1.0}
 * @param events in their order, at most {@link #MAX_EVENTS}
 */
public record PlayReport(Instant sentAt, @Nullable String player, List<PlayEvent> events) {
  /** Some minutes of a play; a report stays under 64 KiB. */
  public static final int MAX_EVENTS = 100;

  public PlayReport {
    events = events == null ? List.of() : List.copyOf(events);
  }
}
