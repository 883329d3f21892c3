package io.tributary.controlplane.health;

import io.tributary.contracts.event.HeartbeatReceived;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.controlplane.health.Decision.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is known of one node: its newest fact, its newest probe, and the verdict in force. */
final class WatchedNode {
  private final String id;

  /** When it was last heard; for one that was only adopted, the end of its grace. */
  private Instant heardAt;

  private Instant saidAt = Instant.MIN;
  private Instant probedAt = Instant.MIN;
  private int streak;
  private boolean isProbing;

  /** When the probe that is out was asked for, if silence was its reason. */
  private @Nullable Instant silenceProbedAt;

  private SilentProbes probes = SilentProbes.NONE;
  private boolean isFactUnsaid;
  private @Nullable Instant behindSince;
  private @Nullable HeartbeatReceived fact;
  private @Nullable NodeVerdict verdict;

  /** The addresses that the last probe tried, and those of them that answered. */
  private @Nullable List<NodeEndpoint> proven;

  private List<NodeEndpoint> reached = List.of();

  private WatchedNode(String id, Instant heardAt) {
    this.id = id;
    this.heardAt = heardAt;
  }

  /** One that nothing is known of. */
  static WatchedNode unknown(String id, Instant now) {
    return new WatchedNode(id, now);
  }

  /** One that somebody else has judged; it is not suspected before its grace is over. */
  static WatchedNode adopted(NodeVerdict verdict, Instant graceEnd) {
    WatchedNode node = new WatchedNode(verdict.nodeId(), graceEnd);
    node.verdict = verdict;
    return node;
  }

  String id() {
    return id;
  }

  Instant heardAt() {
    return heardAt;
  }

  @Nullable HeartbeatReceived fact() {
    return fact;
  }

  @Nullable NodeVerdict verdict() {
    return verdict;
  }

  @Nullable NodeHealth health() {
    return verdict == null ? null : verdict.health();
  }

  boolean isHealthy() {
    return health() == NodeHealth.HEALTHY;
  }

  boolean isNamed() {
    return health() == NodeHealth.HEALTHY || health() == NodeHealth.DRAINING;
  }

  boolean isNamedOrProbed() {
    return isNamed() || health() == NodeHealth.UNREACHABLE;
  }

  boolean isHeardAfter(Instant time) {
    return fact != null && heardAt.isAfter(time);
  }

  /** Since it was last heard, or since then, whichever is later. */
  Duration silence(Instant now, Instant notBefore) {
    Instant from = heardAt.isAfter(notBefore) ? heardAt : notBefore;
    return Duration.between(from, now);
  }

  /** Heartbeats in a row. */
  int streak() {
    return streak;
  }

  void breakStreak() {
    streak = 0;
  }

  boolean isNewer(HeartbeatReceived next) {
    long incarnation =
        fact != null
            ? fact.incarnation()
            : verdict != null ? verdict.incarnation() : Long.MIN_VALUE;
    long sequence =
        fact != null ? fact.sequence() : verdict != null ? verdict.sequence() : Long.MIN_VALUE;
    return next.incarnation() > incarnation
        || (next.incarnation() == incarnation && next.sequence() > sequence);
  }

  /** Takes a newer fact in; a gap in the sequence or in time starts the count anew. */
  void hear(HeartbeatReceived next, Instant now, Duration suspicion) {
    boolean isNextInRow =
        fact != null
            && next.incarnation() == fact.incarnation()
            && next.sequence() == fact.sequence() + 1
            && Duration.between(heardAt, now).compareTo(suspicion) < 0;
    streak = isNextInRow ? streak + 1 : 1;
    if (fact == null && verdict != null && verdict.health() == NodeHealth.HEALTHY) {
      // Its addresses were proven by whoever judged it before.
      if (next.endpoints().containsAll(verdict.endpoints()) && !verdict.endpoints().isEmpty()) {
        proven = next.endpoints();
        reached = verdict.endpoints();
      }
    }
    if (health() == NodeHealth.UNHEALTHY && streak == 1) {
      // Away for long enough to be doubted: tried again before it is named.
      proven = null;
    }
    fact = next;
    isFactUnsaid = true;
    heardAt = now;
    probes = SilentProbes.NONE;
  }

  /**
   * Whether its newest fact is from under another configuration than demanded, and has been for the
   * patience without a break; one that never confirmed any is behind at once.
   */
  boolean isBehind(OptionalLong demanded, Duration patience, Instant now) {
    if (fact == null) {
      return false;
    }
    if (demanded.isEmpty() || demanded.getAsLong() == fact.configVersion()) {
      behindSince = null;
    } else if (behindSince == null) {
      behindSince = now;
    }
    return fact.configVersion() == 0
        || (behindSince != null && !behindSince.plus(patience).isAfter(now));
  }

  /** A probe of the addresses that it has now begins. */
  void probing() {
    isProbing = true;
    silenceProbedAt = null;
  }

  /** A probe of the addresses that it is named under begins, because it is silent. */
  void probingSilence(Instant now) {
    isProbing = true;
    silenceProbedAt = now;
  }

  boolean isProbing() {
    return isProbing;
  }

  /** Whether a probe is out that silence was the reason of, and was asked for after this. */
  boolean isProbedForSilenceSince(Instant time) {
    return isProbing && silenceProbedAt != null && silenceProbedAt.isAfter(time);
  }

  /** What probes found since it was last heard. */
  SilentProbes probes() {
    return probes;
  }

  /** It is not silent now: what probes found says nothing about its next silence. */
  void forgetProbes() {
    probes = SilentProbes.NONE;
  }

  /** Where its verdict says that it is. */
  List<NodeEndpoint> namedEndpoints() {
    return verdict == null ? List.of() : verdict.endpoints();
  }

  /**
   * A probe has ended; returns whether it proved the addresses that the node has now.
   *
   * @param outcomes of each address; empty if none was tried
   */
  boolean probed(List<NodeEndpoint> asked, List<ProbeOutcome> outcomes, Instant now) {
    @Nullable Instant inSilence = silenceProbedAt;
    boolean isAwaited = isProbing;
    isProbing = false;
    silenceProbedAt = null;
    if (!isAwaited || outcomes.isEmpty()) {
      return false;
    }
    if (inSilence != null) {
      if (inSilence.isAfter(heardAt)) {
        probes = probes.and(ProbeOutcome.best(outcomes), inSilence, now);
      }
      return false;
    }
    probedAt = now;
    if (!wanted().equals(asked)) {
      return false;
    }
    proven = asked;
    reached = answering(asked, outcomes);
    return true;
  }

  private static List<NodeEndpoint> answering(
      List<NodeEndpoint> asked, List<ProbeOutcome> outcomes) {
    return IntStream.range(0, asked.size())
        .filter(i -> outcomes.get(i) == ProbeOutcome.ANSWERED)
        .mapToObj(asked::get)
        .toList();
  }

  boolean isProven() {
    return wanted().equals(proven);
  }

  boolean isReached() {
    return !reached.isEmpty();
  }

  boolean isProbedSince(Instant time) {
    return probedAt.isAfter(time);
  }

  private List<NodeEndpoint> wanted() {
    return fact == null ? List.of() : fact.endpoints();
  }

  /** Whether its newest fact is unsaid, and nothing was said since then. */
  boolean isUnsaidSince(Instant time) {
    return fact != null && isFactUnsaid && !saidAt.isAfter(time);
  }

  /** This is its verdict from now on. */
  Say say(NodeHealth health, String reason, Instant now) {
    return say(health, reason, now, now);
  }

  /** This is its verdict from now on, and its health was this since then. */
  Say say(NodeHealth health, String reason, Instant since, Instant now) {
    @Nullable NodeHealth before = health();
    NodeVerdict next = verdict(health, reason, since);
    verdict = next;
    saidAt = now;
    isFactUnsaid = false;
    return new Say(next, health != before);
  }

  private NodeVerdict verdict(NodeHealth health, String reason, Instant since) {
    if (fact != null) {
      return new NodeVerdict(
          id,
          fact.siteId(),
          health,
          reason,
          since,
          fact.incarnation(),
          fact.sequence(),
          isProven() ? reached : verdict != null ? verdict.endpoints() : List.of(),
          fact.capacity(),
          fact.load(),
          fact.configVersion(),
          fact.contentVersion(),
          fact.certificateNotAfter(),
          fact.condition(),
          fact.revocationVersion());
    }
    if (verdict == null) {
      throw new IllegalStateException("node " + id + " was neither heard nor adopted");
    }
    return new NodeVerdict(
        id,
        verdict.siteId(),
        health,
        reason,
        since,
        verdict.incarnation(),
        verdict.sequence(),
        verdict.endpoints(),
        verdict.capacity(),
        verdict.load(),
        verdict.configVersion(),
        verdict.contentVersion(),
        verdict.certificateNotAfter(),
        verdict.condition(),
        verdict.revocationVersion());
  }
}
