package io.tributary.controlplane.health;

import io.tributary.contracts.event.HeartbeatReceived;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.controlplane.health.Decision.Probe;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what the newest fact, the newest probe, the operators and a configuration that it did not
 * confirm make of a node.
 *
 * <p>Pure: time comes in, decisions go out.
 */
final class NodeJudge {
  private final DetectorConfig config;

  NodeJudge(DetectorConfig config) {
    this.config = config;
  }

  void judge(WatchedNode node, Directives told, Instant now, List<Decision> decisions) {
    @Nullable NodeHealth before = node.health();
    if (told.revoked().contains(node.id())) {
      if (before != NodeHealth.REVOKED && (node.fact() != null || node.verdict() != null)) {
        decisions.add(node.say(NodeHealth.REVOKED, "revoked by an operator", now));
      }
      return;
    }
    @Nullable HeartbeatReceived fact = node.fact();
    boolean isDrained = told.draining().contains(node.id());
    if (fact == null) {
      if (before == NodeHealth.HEALTHY && isDrained) {
        decisions.add(node.say(NodeHealth.DRAINING, NodeVerdict.DRAINED_BY_OPERATOR, now));
      }
      return;
    }
    boolean isBehind = node.isBehind(told.configVersion(), config.configPatience(), now);
    boolean isBack = before == NodeHealth.UNHEALTHY || before == NodeHealth.REVOKED;
    if (isBack && node.streak() < config.recoveryHeartbeats()) {
      return;
    }
    if (!node.isProven()) {
      if (!node.isProbing()) {
        probe(node, fact, decisions);
      }
      return;
    }
    if (!node.isReached()) {
      if (!node.isProbing() && !node.isProbedSince(now.minus(config.probeEvery()))) {
        probe(node, fact, decisions);
      }
      if (before != NodeHealth.UNREACHABLE) {
        decisions.add(
            node.say(NodeHealth.UNREACHABLE, "no address answered a probe in its name", now));
      }
      return;
    }
    if (isDrained) {
      decide(node, NodeHealth.DRAINING, NodeVerdict.DRAINED_BY_OPERATOR, now, decisions);
    } else if (fact.condition().equals("draining")) {
      decide(node, NodeHealth.DRAINING, "it says so", now, decisions);
    } else if (isBehind) {
      decide(node, NodeHealth.DRAINING, underAnother(fact), now, decisions);
    } else {
      String reason =
          fact.condition().equals("degraded")
              ? "heard; degraded: " + fact.conditionReason()
              : "heard";
      decide(node, NodeHealth.HEALTHY, reason, now, decisions);
    }
  }

  /** Says what was not said yet: a new health, or a new reason for the one that lasts. */
  private static void decide(
      WatchedNode node, NodeHealth health, String reason, Instant now, List<Decision> decisions) {
    @Nullable NodeVerdict verdict = node.verdict();
    if (verdict == null || verdict.health() != health) {
      decisions.add(node.say(health, reason, now));
    } else if (!verdict.reason().equals(reason)) {
      decisions.add(node.say(health, reason, verdict.since(), now));
    }
  }

  private static String underAnother(HeartbeatReceived fact) {
    return fact.configVersion() == 0
        ? "has confirmed no configuration yet"
        : "runs under configuration " + fact.configVersion() + ", not the one it was told";
  }

  /** Whether operators have decided about a node what its verdict does not say yet. */
  static boolean isOverruled(WatchedNode node, Directives told) {
    boolean isRevoked = told.revoked().contains(node.id());
    boolean isRevokedNow = node.health() == NodeHealth.REVOKED;
    return isRevoked != isRevokedNow
        || (told.draining().contains(node.id()) && node.health() == NodeHealth.HEALTHY);
  }

  private static void probe(WatchedNode node, HeartbeatReceived fact, List<Decision> decisions) {
    node.probing();
    decisions.add(new Probe(node.id(), fact.endpoints()));
  }
}
