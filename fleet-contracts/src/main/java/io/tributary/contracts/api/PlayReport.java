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
 * @param manifest any one of the play's manifest URLs. With it the report is taken even while the
 *     store of plays is away, and its events may name the nodes that are in it; null where the
 *     client kept none: then no event's node is believed
 */
public record PlayReport(
    Instant sentAt, @Nullable String player, List<PlayEvent> events, @Nullable String manifest) {
  /** Some minutes of a play; a report stays under 64 KiB. */
  public static final int MAX_EVENTS = 100;

  public PlayReport {
    events = events == null ? List.of() : List.copyOf(events);
  }

  /** Never shows the URL, which holds a play token: this text may reach a log. */
  @Override
  public String toString() {
    return "PlayReport[sentAt=%s, player=%s, events=%d]".formatted(sentAt, player, events.size());
  }
}
