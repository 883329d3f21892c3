package io.tributary.oca.check;

import java.time.Duration;
import java.time.Instant;

/** A node serves until its certificate's end, and gets its first one for a token. */
final class IdentityRule {
  static final String CHECK = "certificate";

  /** A renewal that fails is tried with each heartbeat; a day of them is no accident. */
  private static final Duration OVERDUE = Duration.ofDays(1);

  private static final String INVITE =
      "have an operator make a token (`tributaryctl enrolment-tokens create NODE --site SITE`), and put it"
          + " into a file that oca.enrolment-token-file names";

  private IdentityRule() {}

  static Finding judge(IdentityFacts facts, Instant now) {
    return switch (facts) {
      case IdentityFacts.Enrolled enrolled -> enrolled(enrolled, now);
      case IdentityFacts.HasToken token ->
          token.othersRead()
              ? Finding.warning(
                  CHECK,
                  "not enrolled yet; every user here can read the token in " + token.file(),
                  "a file for the node's user alone",
                  "chmod 600 " + token.file())
              : Finding.ok(CHECK, "not enrolled yet; its token is in " + token.file());
      case IdentityFacts.NoToken(String reason) ->
          Finding.failed(CHECK, "not enrolled yet, and " + reason, "an enrolment token", INVITE);
      case IdentityFacts.Unreadable(String reason) ->
          Finding.failed(
              CHECK,
              "kept, but not to be read: " + reason,
              "the node's own identity",
              "run this as root or as the node's user; is it damaged, remove it and enrol anew");
    };
  }

  private static Finding enrolled(IdentityFacts.Enrolled facts, Instant now) {
    String who = "node " + facts.nodeId() + " of site " + facts.siteId();
    Duration left = Duration.between(now, facts.notAfter());
    if (!facts.hasItsKey()) {
      return Finding.failed(
          CHECK, who + ": the kept key is not the certificate's", "the pair", INVITE);
    }
    if (now.isBefore(facts.notBefore())) {
      return Finding.failed(
          CHECK,
          who + ": in force only from " + facts.notBefore() + " on",
          "in force now",
          "look at this machine's clock");
    }
    if (!left.isPositive()) {
      return Finding.failed(
          CHECK,
          who + ": over since " + facts.notAfter() + ", " + Amount.time(left) + " ago",
          "in force: without it a node serves nobody",
          INVITE);
    }
    String found = who + ", " + Amount.time(left) + " left, to " + facts.notAfter();
    if (!facts.nodeId().equals(facts.configuredId())) {
      return Finding.warning(
          CHECK,
          found + "; oca.node-id is " + facts.configuredId(),
          facts.nodeId(),
          "set oca.node-id as its token said: the control plane believes no other name");
    }
    return now.isAfter(facts.renewAfter().plus(OVERDUE))
        ? Finding.warning(
            CHECK,
            found + "; not renewed, though due since " + facts.renewAfter(),
            "renewed by itself",
            "see that the node runs, and why in its log: certificate=unrenewed")
        : Finding.ok(CHECK, found);
  }
}
