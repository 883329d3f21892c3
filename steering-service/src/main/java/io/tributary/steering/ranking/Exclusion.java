package io.tributary.steering.ranking;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a node was not named. Its {@link #word()} stands in decision records: a word once written
 * keeps its meaning.
 */
public enum Exclusion {
  /** It holds the package, and no verdict on it is known here. */
  NO_VERDICT,
  /** Its identity was withdrawn. */
  REVOKED,
  /** Silent for too long. */
  UNHEALTHY,
  /** None of its addresses could be reached. */
  UNREACHABLE,
  /** It finishes what runs. */
  DRAINING,
  /** Its certificate has ended. */
  CERTIFICATE_EXPIRED,
  /** It has not confirmed the package. */
  NOT_HOLDING,
  /** It is external, and an own node has room for the play. */
  NOT_NEEDED,
  /** It is external, and the play would take it over its cap. */
  OVER_CAP;

  /** What a node that has a verdict lacks beside it; null if nothing. */
  static @Nullable Exclusion beyondVerdict(Instant at, Candidate candidate) {
    if (!candidate.addressed()) {
      return UNREACHABLE;
    }
    Instant notAfter = candidate.certificateNotAfter();
    if (notAfter == null || !at.isBefore(notAfter)) {
      return CERTIFICATE_EXPIRED;
    }
    return candidate.holds() ? null : NOT_HOLDING;
  }

  /** In lower case with hyphens, e.g. {@code not-holding}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
