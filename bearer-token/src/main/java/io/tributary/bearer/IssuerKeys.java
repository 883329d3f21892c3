package io.tributary.bearer;

import java.util.List;

/** An issuer's public keys, as newly as they are known. Safe for use by many threads. */
interface IssuerKeys {
  /** The last good keys, at once; empty while none were ever read. */
  List<VerificationKey> current();

  /** Tells that a token named a key that is not among {@link #current()}: it may be a new one. */
  void missed();
}
