package io.tributary.controlplane.health;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.controlplane.health.Decision.Withheld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose silence is death, by {@link SilenceRule} of each node and by what all of them do.
 *
 * <p>Silence counts only while the feed of facts is proven alive: from the latest of the node's
 * last heartbeat, the time its node was adopted plus grace, and the time the feed came back plus
 * grace. While it is not, every verdict stays. At most half of the healthy nodes (rounded up)
 * become unhealthy by silence within a window; the others stay healthy, and {@link Withheld} says
 * so. While none of several named nodes is heard, none becomes unhealthy: it is more likely our own
 * door that is shut. Once it opens, everybody has grace.
 *
 * <p>Pure: time comes in, decisions go out. Not safe for use by many threads.
 */
final class SilenceWatch {
  private final DetectorConfig config;
  private final Duration interval;
  private final SilenceRule rule;
  private final Deque<Instant> expiries = new ArrayDeque<>();
  private int healthyAtWindowStart;
  private @Nullable Instant aliveSince;
  private @Nullable Instant lastTick;
  private boolean isWithholding;

  /** Whether every named node has been silent for long, and none was heard since. */
  private boolean isEverybodySilent;

  SilenceWatch(DetectorConfig config, Duration heartbeatInterval) {
    this.config = config;
    this.interval = heartbeatInterval;
    this.rule = new SilenceRule(config, heartbeatInterval);
  }

  /** Time has passed. */
  void tick(
      Collection<WatchedNode> nodes, Instant now, boolean isFeedAlive, List<Decision> decisions) {
    boolean wasAsleep = lastTick != null && lastTick.plus(interval).isBefore(now);
    lastTick = now;
    if (!isFeedAlive) {
      aliveSince = null;
    } else if (aliveSince == null || wasAsleep) {
      // What was missed while nothing could be heard says nothing about anybody.
      aliveSince = now;
    }
    if (aliveSince != null) {
      expire(nodes, now, aliveSince.plus(config.grace()), decisions);
      // After that: what is asked for only now must not put off what is known.
      rule.probe(nodes, now, aliveSince.plus(config.grace()), decisions);
    }
  }

  /** Whether more nodes are silent than may be given up now. */
  boolean isWithholding() {
    return isWithholding;
  }

  private void expire(
      Collection<WatchedNode> nodes, Instant now, Instant notBefore, List<Decision> decisions) {
    Duration suspicion = config.suspicion(interval);
    List<WatchedNode> silent =
        nodes.stream()
            .filter(WatchedNode::isNamedOrProbed)
            .filter(node -> node.silence(now, notBefore).compareTo(suspicion) >= 0)
            .sorted(Comparator.comparing(WatchedNode::heardAt).thenComparing(WatchedNode::id))
            .toList();
    List<WatchedNode> named = nodes.stream().filter(WatchedNode::isNamed).toList();
    if (isNobodyHeard(named, now) && (isEverybodySilent || !silent.isEmpty())) {
      isEverybodySilent |= silent.containsAll(named);
      if (isEverybodySilent) {
        // The first to be heard again must not cost the others, who had no chance yet.
        aliveSince = now;
      }
      withhold(named.stream().map(WatchedNode::id).toList(), decisions);
      return;
    }
    isEverybodySilent = false;
    while (!expiries.isEmpty() && expiries.peekFirst().plus(config.expiryWindow()).isBefore(now)) {
      expiries.removeFirst();
    }
    if (expiries.isEmpty()) {
      healthyAtWindowStart = (int) nodes.stream().filter(WatchedNode::isHealthy).count();
    }
    int allowed = Math.max(1, (healthyAtWindowStart + 1) / 2);
    List<String> withheld = new ArrayList<>();
    for (WatchedNode node : silent) {
      Optional<String> why = rule.whyGivenUp(node, node.silence(now, notBefore), now);
      if (why.isEmpty()) {
        continue;
      }
      if (node.isHealthy()) {
        if (expiries.size() >= allowed) {
          withheld.add(node.id());
          continue;
        }
        expiries.addLast(now);
      }
      node.breakStreak();
      decisions.add(node.say(NodeHealth.UNHEALTHY, why.get(), now));
    }
    withhold(withheld, decisions);
  }

  /**
   * Whether not one of several nodes was heard since the first silent one should have been. Looked
   * at an interval earlier than silence itself, because nodes do not fall silent in the same moment
   * when it is the door that shuts.
   */
  private boolean isNobodyHeard(List<WatchedNode> named, Instant now) {
    Instant since = now.minus(config.suspicion(interval).minus(interval));
    return named.size() > 1 && named.stream().noneMatch(node -> node.isHeardAfter(since));
  }

  private void withhold(List<String> nodeIds, List<Decision> decisions) {
    if (!nodeIds.isEmpty() && !isWithholding) {
      decisions.add(new Withheld(nodeIds));
    }
    isWithholding = !nodeIds.isEmpty();
  }
}
