package io.tributary.controlplane.enrolment;

import java.time.Instant;

/**
 * The right of nodes to join once, kept by the hash of its token: a reader of this store could not
 * use what is in it. May throw {@link io.tributary.controlplane.store.StoreUnavailableException}.
 * Safe for use by many threads and replicas.
 */
public interface EnrolmentTokens {
  /** Writes a fresh token down. */
  void put(String tokenSha256, String nodeId, String siteId, Instant expiresAt);

  /**
   * Uses a token for a key. Of two keys one wins; the winner may repeat, since its answer may have
   * got lost.
   *
   * @param keySha256 of the public key that wants in
   */
  Redemption redeem(String tokenSha256, String keySha256, Instant now);

  /** What a token was worth. */
  sealed interface Redemption {
    /** This node may join. */
    record Redeemed(String nodeId, String siteId) implements Redemption {}

    /** Another key has used it. */
    record Used() implements Redemption {}

    /** It was never given out, or its time is over. */
    record Worthless() implements Redemption {}
  }
}
