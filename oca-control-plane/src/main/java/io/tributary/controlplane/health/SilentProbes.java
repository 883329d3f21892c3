package io.tributary.controlplane.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What probes of a node found since it was last heard.
 *
 * @param refusals how many of the newest in a row were refused
 * @param unanswered how many of the newest in a row nobody answered, refused or not
 * @param unansweredSince when the first of these was asked for; null while there is none
 * @param askedAt when the newest that has ended was asked for
 * @param endedAt when it ended
 */
record SilentProbes(
    int refusals,
    int unanswered,
    @Nullable Instant unansweredSince,
    @Nullable Instant askedAt,
    @Nullable Instant endedAt) {
  /** None has ended. */
  static final SilentProbes NONE = new SilentProbes(0, 0, null, null, null);

  /** These, and one more. */
  SilentProbes and(ProbeOutcome outcome, Instant asked, Instant ended) {
    Instant since = unansweredSince == null ? asked : unansweredSince;
    return switch (outcome) {
      case ANSWERED -> new SilentProbes(0, 0, null, asked, ended);
      case ACCEPTED -> new SilentProbes(0, unanswered + 1, since, asked, ended);
      case REFUSED -> new SilentProbes(refusals + 1, unanswered + 1, since, asked, ended);
    };
  }

  /** Whether one was asked for after this and has ended. */
  boolean isAskedAfter(Instant time) {
    return askedAt != null && askedAt.isAfter(time);
  }

  /** Whether one has ended after this. */
  boolean isEndedAfter(Instant time) {
    return endedAt != null && endedAt.isAfter(time);
  }
}
