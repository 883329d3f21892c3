package io.tributary.steering.ranking;

import java.util.Locale;

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
  NOT_HOLDING;

  /** In lower case with hyphens, e.g. {@code not-holding}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
