package io.tributary.controlplane.health;

import io.tributary.contracts.event.HeartbeatReceived;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.controlplane.health.Decision.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges nodes by the heartbeats that reach it.
 *
 * <pre>
 *             heard, reached                 silent, and not saved by probes
 *   (new) ---------------------> HEALTHY ----------------------------------> UNHEALTHY
 *     | heard, not reached         ^ | condition, operator or lag: DRAINING      |
 *     v                            | v                                           |
 *   UNREACHABLE -- reached --------+-+-- recoveryHeartbeats in a row, reached ---+
 * </pre>
 *
 * <p>When silence counts, and for how many at once, {@link SilenceWatch} says; what it and probes
 * make of a node, {@link SilenceRule}; what else makes a verdict, {@link NodeJudge}.
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
  private final Map<String, WatchedNode> nodes = new TreeMap<>();
  private final NodeJudge judge;
  private final SilenceWatch silence;
  private Directives directives = Directives.NONE;

  /**
   * A detector that watches nobody yet.
   *
   * @param heartbeatInterval that nodes are told
   */
  public Detector(DetectorConfig config, Duration heartbeatInterval) {
    this.config = config;
    this.interval = heartbeatInterval;
    this.judge = new NodeJudge(config);
    this.silence = new SilenceWatch(config, heartbeatInterval);
  }

  /** Takes nodes over with their last verdicts; nobody is suspected before the grace is over. */
  public void adopt(Collection<NodeVerdict> verdicts, Instant now) {
    for (NodeVerdict verdict : verdicts) {
      nodes.putIfAbsent(verdict.nodeId(), WatchedNode.adopted(verdict, now.plus(config.grace())));
    }
  }

  /** Watches these nodes no longer: another does. */
  public void release(Predicate<String> nodeIds) {
    nodes.keySet().removeIf(nodeIds);
  }

  /** A node was heard. */
  public List<Decision> observe(HeartbeatReceived fact, Instant now) {
    WatchedNode node = nodes.computeIfAbsent(fact.nodeId(), id -> WatchedNode.unknown(id, now));
    if (!node.isNewer(fact)) {
      return List.of();
    }
    node.hear(fact, now, config.suspicion(interval));
    List<Decision> decisions = new ArrayList<>();
    judge.judge(node, directives, now, decisions);
    return decisions;
  }

  /**
   * A probe has ended.
   *
   * @param asked as in {@link Probe}
   * @param outcomes what became of each, in the same order; empty if none could be tried, which is
   *     as if it had not been asked for
   */
  public List<Decision> probed(
      String nodeId, List<NodeEndpoint> asked, List<ProbeOutcome> outcomes, Instant now) {
    @Nullable WatchedNode node = nodes.get(nodeId);
    if (node == null || !node.probed(asked, outcomes, now)) {
      return List.of();
    }
    List<Decision> decisions = new ArrayList<>();
    judge.judge(node, directives, now, decisions);
    return decisions;
  }

  /**
   * Time has passed. To be called several times an interval, after all facts at hand were observed.
   *
   * @param isFeedAlive whether facts would have come if nodes had been heard
   */
  public List<Decision> tick(Instant now, boolean isFeedAlive, Directives told) {
    directives = told;
    List<Decision> decisions = new ArrayList<>();
    for (WatchedNode node : nodes.values()) {
      if (NodeJudge.isOverruled(node, told)) {
        judge.judge(node, told, now, decisions);
      }
    }
    silence.tick(nodes.values(), now, isFeedAlive, decisions);
    for (WatchedNode node : nodes.values()) {
      refresh(node, now, decisions);
    }
    return decisions;
  }

  /** Every verdict in force, by node. */
  public List<NodeVerdict> verdicts() {
    List<NodeVerdict> all = new ArrayList<>();
    for (WatchedNode node : nodes.values()) {
      @Nullable NodeVerdict verdict = node.verdict();
      if (verdict != null) {
        all.add(verdict);
      }
    }
    return all;
  }

  /** Whether more nodes are silent than may be given up now. */
  public boolean isWithholding() {
    return silence.isWithholding();
  }

  /** Says again what a fresh heartbeat has changed, at most every so often. */
  private void refresh(WatchedNode node, Instant now, List<Decision> decisions) {
    @Nullable NodeVerdict verdict = node.verdict();
    if (verdict != null && node.isUnsaidSince(now.minus(config.refreshEvery()))) {
      decisions.add(node.say(verdict.health(), verdict.reason(), verdict.since(), now));
    }
  }
}
