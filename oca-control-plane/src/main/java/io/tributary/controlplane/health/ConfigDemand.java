package io.tributary.controlplane.health;

import io.tributary.contracts.event.HeartbeatReceived;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which nodes run under another configuration than they were told: with other keys than media
 * tokens are signed with, they would refuse the plays that are sent to them.
 *
 * <p>A node that never confirmed any is behind at once. Any other is once it has been for longer
 * than the patience without a break, and only while more than half of the named nodes confirmed
 * what it did not: what most nodes cannot take is more likely our fault than theirs, and replicas
 * of ours that were given different settings must not empty the rankings.
 *
 * <p>Pure: time comes in. Not safe for use by many threads.
 */
final class ConfigLag {
  private final Duration patience;
  private final Map<String, Instant> behindSince = new HashMap<>();

  ConfigLag(Duration patience) {
    this.patience = patience;
  }

  /**
   * What may be held against nodes.
   *
   * @param told what nodes are told; empty while there is none
   * @param verdicts of the whole fleet
   */
  static OptionalLong demanded(OptionalLong told, Collection<NodeVerdict> verdicts) {
    List<NodeVerdict> named =
        verdicts.stream()
            .filter(
                each -> each.health() == NodeHealth.HEALTHY || each.health() == NodeHealth.DRAINING)
            .toList();
    long confirmed =
        named.stream()
            .filter(each -> told.isPresent() && each.configVersion() == told.getAsLong())
            .count();
    return confirmed * 2 > named.size() ? told : OptionalLong.empty();
  }

  /** Whether the node must not be named for new plays. */
  boolean isBehind(HeartbeatReceived fact, OptionalLong demanded, Instant now) {
    if (fact.configVersion() == 0) {
      return true;
    }
    if (demanded.isEmpty() || demanded.getAsLong() == fact.configVersion()) {
      behindSince.remove(fact.nodeId());
      return false;
    }
    Instant since = behindSince.computeIfAbsent(fact.nodeId(), first -> now);
    return !since.plus(patience).isAfter(now);
  }

  /** For people; the same as long as nothing changes. */
  static String reason(HeartbeatReceived fact) {
    return fact.configVersion() == 0
        ? "has confirmed no configuration yet"
        : "runs under configuration " + fact.configVersion() + ", not the one it was told";
  }
}
