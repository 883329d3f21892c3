package io.tributary.controlplane.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose certificates were shown before: a signature is verified once, which is half of what a
 * heartbeat would cost otherwise, and only the certificate's time each time. Remembers identified
 * ones alone, so many at most, and forgets all of them when there would be more. Safe for use by
 * many threads.
 */
public final class KnownCertificates {
  private final CertificateAuthority authority;
  private final int most;
  private final ConcurrentHashMap<X509Certificate, NodeIdentity> known = new ConcurrentHashMap<>();

  /**
   * One that knows none yet.
   *
   * @param most how many it remembers; a node has two while it renews
   */
  public KnownCertificates(CertificateAuthority authority, int most) {
    this.authority = authority;
    this.most = most;
  }

  /** Tells whose certificate this is; never throws for any certificate. */
  public Identification identify(X509Certificate presented, Instant now) {
    NodeIdentity node = known.get(presented);
    if (node != null && isInTime(presented, now)) {
      return new Identification.Identified(node);
    }
    Identification identification = authority.identify(presented, now);
    if (identification instanceof Identification.Identified(NodeIdentity fresh)) {
      if (known.size() >= most) {
        known.clear();
      }
      known.put(presented, fresh);
    }
    return identification;
  }

  private static boolean isInTime(X509Certificate presented, Instant now) {
    return !now.isBefore(presented.getNotBefore().toInstant())
        && !now.isAfter(presented.getNotAfter().toInstant());
  }
}
