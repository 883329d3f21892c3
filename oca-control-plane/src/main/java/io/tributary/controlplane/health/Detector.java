package io.tributary.controlplane.health;

import io.tributary.contracts.event.HeartbeatReceived;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.controlplane.health.Decision.Probe;
import io.tributary.controlplane.health.Decision.Say;
import io.tributary.controlplane.health.Decision.Withheld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges nodes by the heartbeats that reach it.
 *
 * <pre>
 *             heard, reached                  silent for suspicionIntervals
 *   (new) ---------------------> HEALTHY ----------------------------------> UNHEALTHY
 *     | heard, not reached         ^ | condition, operator or lag: DRAINING      |
 *     v                            | v                                           |
 *   UNREACHABLE -- reached --------+-+-- recoveryHeartbeats in a row, reached ---+
 * </pre>
 *
 * <p>Silence counts only while the feed of facts is proven alive: from the latest of the node's
 * last heartbeat, the time its node was adopted plus grace, and the time the feed came back plus
 * grace. While it is not, every verdict stays. At most half of the healthy nodes (rounded up)
 * become unhealthy by silence within a window; the others stay healthy, and {@link Withheld} says
 * so. While none of several named nodes is heard, none becomes unhealthy: it is more likely our own
 * door that is shut. Once it opens, everybody has grace.
 *
 * <p>Facts are ordered by incarnation and sequence; an older one than the last changes nothing. A
 * restart under a known verdict (a greater incarnation) is no reason to doubt, unless its addresses
 * changed: those are probed before they are named.
 *
 * <p>Pure: time comes in, decisions go out. Not safe for use by many threads.
 */
public final class Detector {
  private final DetectorConfig config;
  private final Duration interval;
  private final ConfigLag lag;
  private final Map<String, Watched> nodes = new TreeMap<>();
  private final Deque<Instant> expiries = new ArrayDeque<>();
  private int healthyAtWindowStart;
  private @Nullable Instant aliveSince;
  private @Nullable Instant lastTick;
  private Directives directives = Directives.NONE;
  private boolean isWithholding;

  /** Whether every named node has been silent for long, and none was heard since. */
  private boolean isEverybodySilent;

  /**
   * A detector that watches nobody yet.
   *
   * @param heartbeatInterval that nodes are told
   */
  public Detector(DetectorConfig config, Duration heartbeatInterval) {
    this.config = config;
    this.interval = heartbeatInterval;
    this.lag = new ConfigLag(config.configPatience());
  }

  /** Takes nodes over with their last verdicts; nobody is suspected before the grace is over. */
  public void adopt(Collection<NodeVerdict> verdicts, Instant now) {
    for (NodeVerdict verdict : verdicts) {
      Watched node = new Watched(verdict.nodeId(), now.plus(config.grace()));
      node.verdict = verdict;
      nodes.putIfAbsent(verdict.nodeId(), node);
    }
  }

  /** Watches these nodes no longer: another does. */
  public void release(Predicate<String> nodeIds) {
    nodes.keySet().removeIf(nodeIds);
  }

  /** A node was heard. */
  public List<Decision> observe(HeartbeatReceived fact, Instant now) {
    Watched node = nodes.computeIfAbsent(fact.nodeId(), id -> new Watched(id, now));
    if (!node.isNewer(fact)) {
      return List.of();
    }
    node.hear(fact, now, suspicion());
    List<Decision> decisions = new ArrayList<>();
    judge(node, now, decisions);
    return decisions;
  }

  /**
   * A probe has ended.
   *
   * @param asked as in {@link Probe}
   * @param reached those that answered, in the same order
   */
  public List<Decision> probed(
      String nodeId, List<NodeEndpoint> asked, List<NodeEndpoint> reached, Instant now) {
    @Nullable Watched node = nodes.get(nodeId);
    if (node == null) {
      return List.of();
    }
    node.probing = false;
    node.probedAt = now;
    if (!node.wanted().equals(asked)) {
      return List.of();
    }
    node.proven = asked;
    node.reached = List.copyOf(reached);
    List<Decision> decisions = new ArrayList<>();
    judge(node, now, decisions);
    return decisions;
  }

  /**
   * Time has passed. To be called several times an interval, after all facts at hand were observed.
   *
   * @param isFeedAlive whether facts would have come if nodes had been heard
   */
  public List<Decision> tick(Instant now, boolean isFeedAlive, Directives told) {
    directives = told;
    boolean wasAsleep = lastTick != null && lastTick.plus(interval).isBefore(now);
    lastTick = now;
    if (!isFeedAlive) {
      aliveSince = null;
    } else if (aliveSince == null || wasAsleep) {
      // What was missed while nothing could be heard says nothing about anybody.
      aliveSince = now;
    }
    List<Decision> decisions = new ArrayList<>();
    for (Watched node : nodes.values()) {
      if (isOverruled(node)) {
        judge(node, now, decisions);
      }
    }
    if (aliveSince != null) {
      expire(now, aliveSince, decisions);
    }
    for (Watched node : nodes.values()) {
      refresh(node, now, decisions);
    }
    return decisions;
  }

  /** Every verdict in force, by node. */
  public List<NodeVerdict> verdicts() {
    List<NodeVerdict> all = new ArrayList<>();
    for (Watched node : nodes.values()) {
      if (node.verdict != null) {
        all.add(node.verdict);
      }
    }
    return all;
  }

  /** Whether more nodes are silent than may be given up now. */
  public boolean isWithholding() {
    return isWithholding;
  }

  private Duration suspicion() {
    return Duration.ofNanos((long) (interval.toNanos() * config.suspicionIntervals()));
  }

  private void expire(Instant now, Instant alive, List<Decision> decisions) {
    Duration suspicion = suspicion();
    List<Watched> silent =
        nodes.values().stream()
            .filter(Watched::isNamedOrProbed)
            .filter(node -> node.silence(now, alive.plus(config.grace())).compareTo(suspicion) >= 0)
            .sorted(
                Comparator.<Watched, Instant>comparing(node -> node.heardAt)
                    .thenComparing(node -> node.id))
            .toList();
    List<Watched> named = nodes.values().stream().filter(Watched::isNamed).toList();
    if (isNobodyHeard(named, now) && (isEverybodySilent || !silent.isEmpty())) {
      isEverybodySilent |= silent.containsAll(named);
      if (isEverybodySilent) {
        // The first to be heard again must not cost the others, who had no chance yet.
        aliveSince = now;
      }
      withhold(named.stream().map(node -> node.id).toList(), decisions);
      return;
    }
    isEverybodySilent = false;
    while (!expiries.isEmpty() && expiries.peekFirst().plus(config.expiryWindow()).isBefore(now)) {
      expiries.removeFirst();
    }
    if (expiries.isEmpty()) {
      healthyAtWindowStart = (int) nodes.values().stream().filter(Watched::isHealthy).count();
    }
    int allowed = Math.max(1, (healthyAtWindowStart + 1) / 2);
    List<String> withheld = new ArrayList<>();
    for (Watched node : silent) {
      if (node.isHealthy()) {
        if (expiries.size() >= allowed) {
          withheld.add(node.id);
          continue;
        }
        expiries.addLast(now);
      }
      node.streak = 0;
      long millis = node.silence(now, Instant.MIN).toMillis();
      say(node, NodeHealth.UNHEALTHY, "silent for " + millis + " ms", now, decisions);
    }
    withhold(withheld, decisions);
  }

  /**
   * Whether not one of several nodes was heard since the first silent one should have been. Looked
   * at an interval earlier than silence itself, because nodes do not fall silent in the same moment
   * when it is the door that shuts.
   */
  private boolean isNobodyHeard(List<Watched> named, Instant now) {
    Instant since = now.minus(suspicion().minus(interval));
    return named.size() > 1 && named.stream().noneMatch(node -> node.isHeardAfter(since));
  }

  private void withhold(List<String> nodeIds, List<Decision> decisions) {
    if (!nodeIds.isEmpty() && !isWithholding) {
      decisions.add(new Withheld(nodeIds));
    }
    isWithholding = !nodeIds.isEmpty();
  }

  /** Says again what a fresh heartbeat has changed, at most every so often. */
  private void refresh(Watched node, Instant now, List<Decision> decisions) {
    if (node.fact != null
        && node.verdict != null
        && node.factIsUnsaid
        && !node.saidAt.plus(config.refreshEvery()).isAfter(now)) {
      emit(
          node, node.verdict.health(), node.verdict.reason(), node.verdict.since(), now, decisions);
    }
  }

  private boolean isOverruled(Watched node) {
    boolean isRevoked = directives.revoked().contains(node.id);
    boolean isRevokedNow = node.health() == NodeHealth.REVOKED;
    return isRevoked != isRevokedNow
        || (directives.draining().contains(node.id) && node.health() == NodeHealth.HEALTHY);
  }

  /** What the newest fact, the newest probe and the operators make of a node. */
  private void judge(Watched node, Instant now, List<Decision> decisions) {
    @Nullable NodeHealth before = node.health();
    if (directives.revoked().contains(node.id)) {
      if (before != NodeHealth.REVOKED && (node.fact != null || node.verdict != null)) {
        say(node, NodeHealth.REVOKED, "revoked by an operator", now, decisions);
      }
      return;
    }
    @Nullable HeartbeatReceived fact = node.fact;
    if (fact == null) {
      if (before == NodeHealth.HEALTHY && directives.draining().contains(node.id)) {
        say(node, NodeHealth.DRAINING, Directives.DRAINED, now, decisions);
      }
      return;
    }
    boolean isBack = before == NodeHealth.UNHEALTHY || before == NodeHealth.REVOKED;
    if (isBack && node.streak < config.recoveryHeartbeats()) {
      return;
    }
    if (!node.isProven() || (node.reached.isEmpty() && node.mayProbeAgain(now, config))) {
      boolean isNewAddress = !node.isProven();
      if (!node.probing && (isNewAddress || node.mayProbeAgain(now, config))) {
        node.probing = true;
        decisions.add(new Probe(node.id, fact.endpoints()));
      }
      if (isNewAddress) {
        return;
      }
    }
    if (node.reached.isEmpty()) {
      if (before != NodeHealth.UNREACHABLE) {
        say(
            node,
            NodeHealth.UNREACHABLE,
            "no address answered a probe in its name",
            now,
            decisions);
      }
    } else if (directives.draining().contains(node.id) || fact.condition().equals("draining")) {
      if (before != NodeHealth.DRAINING) {
        String by = fact.condition().equals("draining") ? "it says so" : Directives.DRAINED;
        say(node, NodeHealth.DRAINING, by, now, decisions);
      }
    } else if (lag.isBehind(fact, directives.configVersion(), now)) {
      if (before != NodeHealth.DRAINING) {
        say(node, NodeHealth.DRAINING, ConfigLag.reason(fact), now, decisions);
      }
    } else {
      String reason =
          fact.condition().equals("degraded")
              ? "heard; degraded: " + fact.conditionReason()
              : "heard";
      if (before != NodeHealth.HEALTHY) {
        say(node, NodeHealth.HEALTHY, reason, now, decisions);
      } else if (node.verdict != null && !node.verdict.reason().equals(reason)) {
        emit(node, NodeHealth.HEALTHY, reason, node.verdict.since(), now, decisions);
      }
    }
  }

  private void say(
      Watched node, NodeHealth health, String reason, Instant now, List<Decision> decisions) {
    emit(node, health, reason, now, now, decisions);
  }

  private static void emit(
      Watched node,
      NodeHealth health,
      String reason,
      Instant since,
      Instant now,
      List<Decision> decisions) {
    @Nullable NodeHealth before = node.health();
    node.verdict = node.verdict(health, reason, since);
    node.saidAt = now;
    node.factIsUnsaid = false;
    decisions.add(new Say(node.verdict, health != before));
  }

  /** One node's state. */
  private static final class Watched {
    final String id;

    /** When it was last heard; for one that was only adopted, the end of its grace. */
    Instant heardAt;

    Instant saidAt = Instant.MIN;
    Instant probedAt = Instant.MIN;
    int streak;
    boolean probing;
    boolean factIsUnsaid;
    @Nullable HeartbeatReceived fact;
    @Nullable NodeVerdict verdict;

    /** The addresses that the last probe tried, and those of them that answered. */
    @Nullable List<NodeEndpoint> proven;

    List<NodeEndpoint> reached = List.of();

    Watched(String id, Instant heardAt) {
      this.id = id;
      this.heardAt = heardAt;
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
      factIsUnsaid = true;
      heardAt = now;
    }

    List<NodeEndpoint> wanted() {
      return fact == null ? List.of() : fact.endpoints();
    }

    boolean isProven() {
      return wanted().equals(proven);
    }

    boolean mayProbeAgain(Instant now, DetectorConfig config) {
      return !probedAt.plus(config.probeEvery()).isAfter(now);
    }

    Duration silence(Instant now, Instant notBefore) {
      Instant from = heardAt.isAfter(notBefore) ? heardAt : notBefore;
      return Duration.between(from, now);
    }

    NodeVerdict verdict(NodeHealth health, String reason, Instant since) {
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
            fact.condition());
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
          verdict.condition());
    }
  }
}
