package io.tributary.oca.check;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** Without an authority no door is believed; beside one that is over, neither. */
final class AuthorityRule {
  static final String CHECK = "authority";

  private static final Duration SOON = Duration.ofDays(30);
  private static final String FETCH =
      "have the operator give you authority.pem of the fleet, and name it in"
          + " oca.control-plane.ca-file";

  private AuthorityRule() {}

  static Finding judge(AuthorityFacts facts, Instant now) {
    String expected = "the fleet's authority, PEM";
    if (facts.failure() != null) {
      return Finding.failed(CHECK, facts.file() + " " + facts.failure(), expected, FETCH);
    }
    Instant end =
        facts.certificates().stream()
            .map(X509Certificate::getNotAfter)
            .max(Comparator.naturalOrder())
            .orElseThrow()
            .toInstant();
    Duration left = Duration.between(now, end);
    String found =
        facts.file()
            + ": "
            + facts.certificates().getFirst().getSubjectX500Principal().getName()
            + (facts.certificates().size() > 1
                ? " and " + (facts.certificates().size() - 1) + " more"
                : "")
            + (left.isPositive() ? ", " + Amount.time(left) + " left" : ", over since " + end);
    if (!left.isPositive()) {
      return Finding.failed(CHECK, found, "one in force", FETCH);
    }
    return left.compareTo(SOON) < 0
        ? Finding.warning(CHECK, found, "more than " + Amount.time(SOON), FETCH)
        : Finding.ok(CHECK, found);
  }
}
