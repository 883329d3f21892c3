package io.tributary.oca.check;

import io.tributary.oca.check.DoorFacts.Look;
import io.tributary.oca.check.DoorFacts.Told;
import io.tributary.oca.heartbeat.DoorQuestion.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A node must reach every door it was told of, believe it, and be let in. */
final class DoorRule {
  static final String EGRESS = "egress";
  static final String CERTIFICATE = "door-certificate";

  /** Half around the world and back. TLS is not held against the way: this JVM's first is slow. */
  private static final long SLOW_MILLIS = 500;

  private static final Duration SOON = Duration.ofDays(7);

  private static final String EXPECTED = "a node door";

  private DoorRule() {}

  /**
   * Egress to one door, and its certificate if it showed one.
   *
   * @param isEnrolled a door that asks a node for its certificate refuses only one that has one
   */
  static List<Finding> judge(DoorFacts facts, boolean isEnrolled, Instant now) {
    String where = facts.door() + (facts.proxy() == null ? "" : " by proxy " + facts.proxy());
    return switch (facts.look()) {
      case Look.Unreached(String reason) ->
          List.of(
              Finding.failed(
                  EGRESS,
                  where + " is not reached: " + reason,
                  "TCP from here",
                  facts.proxy() == null
                      ? "let this machine out to it; must it go by a proxy, say"
                          + " -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT in JAVA_OPTIONS"
                      : "look at the proxy: it must allow CONNECT to that port"));
      case Look.NoTls(long connectMillis, String reason) ->
          List.of(
              Finding.failed(
                  EGRESS,
                  where + ": TCP in " + connectMillis + " ms, but no TLS: " + reason,
                  EXPECTED,
                  "look at the port in oca.control-plane.urls, and for a firewall that"
                      + " inspects TLS"));
      case Look.Met met -> {
        List<Finding> findings = new ArrayList<>();
        findings.add(egress(where, met, isEnrolled));
        findings.add(certificate(facts.door(), met, now));
        yield findings;
      }
    };
  }

  private static Finding egress(String where, Look.Met met, boolean isEnrolled) {
    String reached =
        where + ": TCP in " + met.connectMillis() + " ms, TLS in " + met.tlsMillis() + " ms more, ";
    return switch (met.answer()) {
      case Answer.Known _ -> reached(reached + "lets this node in", met);
      case Answer.Refused(int status, _) when status == 401 && !isEnrolled ->
          reached(reached + "asks for a certificate, as it does before enrolment", met);
      case Answer.Refused(int status, String detail) when status == 401 || status == 403 ->
          Finding.failed(
              EGRESS,
              reached + "refuses this node: " + detail,
              "let in",
              "ask the operator whether the node was revoked (`tributaryctl nodes list`): a"
                  + " revoked one can only join under another id");
      case Answer.Refused(int status, String detail) when status >= 500 || status == 429 ->
          Finding.warning(
              EGRESS,
              reached + "cannot answer now: " + detail,
              "let in",
              "ask the operator: the control plane is in trouble, not this node");
      case Answer.Refused(_, String detail) ->
          Finding.failed(
              EGRESS, reached + detail, EXPECTED, "look at oca.control-plane.urls: another server");
      case Answer.None(String reason) ->
          Finding.failed(
              EGRESS,
              reached + "no answer: " + reason,
              EXPECTED,
              met.isBelieved()
                  ? "look at what is between: a balancer must pass TLS through to the door"
                  : "look at " + CERTIFICATE + " below");
    };
  }

  private static Finding reached(String found, Look.Met met) {
    return met.connectMillis() > SLOW_MILLIS
        ? Finding.warning(
            EGRESS,
            found,
            "TCP within " + SLOW_MILLIS + " ms",
            "look for loss on the way: `mtr -T` to the door")
        : Finding.ok(EGRESS, found);
  }

  private static Finding certificate(String door, Look.Met met, Instant now) {
    Instant begin = met.shown().getNotBefore().toInstant();
    Instant end = met.shown().getNotAfter().toInstant();
    Duration left = Duration.between(now, end);
    String shown = door + " shows " + met.shown().getSubjectX500Principal().getName();
    if (now.isBefore(begin)) {
      return Finding.failed(
          CERTIFICATE,
          shown + ", in force only from " + begin + " on",
          "in force now",
          "look at this machine's clock");
    }
    if (!left.isPositive()) {
      return Finding.failed(
          CERTIFICATE,
          shown + ", over since " + end,
          "in force now",
          "tell the operator; if it should not be over, look at this machine's clock");
    }
    if (met.chainTrouble() != null) {
      return Finding.failed(
          CERTIFICATE,
          shown
              + ", issued by "
              + met.shown().getIssuerX500Principal().getName()
              + ": "
              + met.chainTrouble(),
          "issued by an authority of oca.control-plane.ca-file",
          "compare that file with the operator's; a firewall that inspects TLS shows its own");
    }
    if (met.nameTrouble() != null) {
      return Finding.failed(
          CERTIFICATE,
          shown + " for " + DoorFacts.names(met.shown()) + ": " + met.nameTrouble(),
          "for the host in oca.control-plane.urls",
          "use a name of the certificate's in oca.control-plane.urls");
    }
    String found = shown + ", " + Amount.time(left) + " left, believed";
    return left.compareTo(SOON) < 0
        ? Finding.warning(CERTIFICATE, found, "more than " + Amount.time(SOON), "tell the operator")
        : Finding.ok(CERTIFICATE, found);
  }

  /** The clock beside the best of the doors that told their time: one that is believed. */
  static ClockFacts clock(List<DoorFacts> doors) {
    Optional<DoorFacts> best =
        doors.stream()
            .filter(door -> door.look() instanceof Look.Met met && met.time() != null)
            .min(
                Comparator.comparing(
                    door -> !(door.look() instanceof Look.Met met && met.isBelieved())));
    if (best.isPresent()
        && best.get().look() instanceof Look.Met met
        && met.time() instanceof Told(Instant date, Instant here, Duration roundTrip)) {
      Duration halfAge = Duration.ofSeconds(1);
      return new ClockFacts(
          Duration.between(date.plus(halfAge), here),
          halfAge.plus(roundTrip.dividedBy(2)),
          best.get().door(),
          met.isBelieved());
    }
    return new ClockFacts(null, Duration.ZERO, "", false);
  }
}
