package io.tributary.contracts.api;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/playbacks/{playbackId}/renewals}; it may be left out.
 *
 * @param manifest any one of the play's manifest URLs as last answered. With it the play is renewed
 *     even while the store of plays is away; null where the client kept none
 */
public record RenewPlayback(@Nullable String manifest) {
  /** Never shows the URL, which holds a play token: this text may reach a log. */
  @Override
  public String toString() {
    return "RenewPlayback[]";
  }
}
