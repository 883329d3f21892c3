package io.tributary.oca.check;

import io.tributary.oca.heartbeat.DoorQuestion;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a call at one node door came.
 *
 * @param door host and port
 * @param proxy by which it went; null when it went straight
 * @param look see there
 */
record DoorFacts(String door, @Nullable String proxy, Look look) {
  /** How far. */
  sealed interface Look {
    /** No connection. */
    record Unreached(String reason) implements Look {}

    /** A connection, but no TLS on it. */
    record NoTls(long connectMillis, String reason) implements Look {}

    /**
     * TLS, and a certificate.
     *
     * @param connectMillis TCP, and the proxy's agreement
     * @param tlsMillis on top
     * @param shown the door's certificate
     * @param chainTrouble why it does not go back to the node's authority; null when it does
     * @param nameTrouble why it is not for that host; null when it is, or when the chain is in
     *     trouble
     * @param time that the door told; null when it told none
     * @param answer to the node's own question
     */
    record Met(
        long connectMillis,
        long tlsMillis,
        X509Certificate shown,
        @Nullable String chainTrouble,
        @Nullable String nameTrouble,
        @Nullable Told time,
        DoorQuestion.Answer answer)
        implements Look {
      boolean isBelieved() {
        return chainTrouble == null && nameTrouble == null;
      }
    }
  }

  /**
   * A door's {@code Date}, and what this machine's clock said halfway.
   *
   * @param date whole seconds; it may be up to two seconds old, since servers keep it for one
   * @param here when it was asked for, and when it came, in the middle
   * @param roundTrip from one to the other
   */
  record Told(Instant date, Instant here, Duration roundTrip) {}

  /** The names and addresses that a certificate is for, as it says them. */
  static List<String> names(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream().map(entry -> String.valueOf(entry.get(1))).toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }
}
