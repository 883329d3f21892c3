package io.tributary.controlplane.health;

import io.tributary.contracts.event.NodeVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which verdicts are to be said again, because the topic does not say them: Kafka gave them up, or
 * somebody else spoke last. One of another health is given {@link #HEALTH_PATIENCE}, one that
 * differs in anything else {@link #REST_PATIENCE}; both begin anew when it is said again.
 *
 * <p>A verdict of an older heartbeat than the topic's, with the same health, is not said again:
 * whoever judged the node before knew more.
 *
 * <p>Pure: time comes in. Not safe for use by many threads; remembers one verdict a node.
 */
final class UnheardVerdicts {
  static final Duration HEALTH_PATIENCE = Duration.ofSeconds(2);

  /**
   * Longer than an event is on its way before it is given up, so that a slow Kafka is not told more
   * for being slow. A node that is heard has a newer verdict by then; this is for one that is not.
   */
  static final Duration REST_PATIENCE = Duration.ofSeconds(15);

  private final Map<String, Unheard> unheard = new HashMap<>();

  private record Unheard(NodeVerdict verdict, Instant since) {}

  /**
   * Looks once.
   *
   * @param held every verdict in force
   * @param said what the topic says of a node
   * @return what is to be said now
   */
  List<NodeVerdict> due(
      Collection<NodeVerdict> held, Function<String, Optional<NodeVerdict>> said, Instant now) {
    List<NodeVerdict> due = new ArrayList<>();
    for (NodeVerdict verdict : held) {
      Optional<Duration> patience = patience(verdict, said.apply(verdict.nodeId()));
      if (patience.isEmpty()) {
        unheard.remove(verdict.nodeId());
        continue;
      }
      @Nullable Unheard known = unheard.get(verdict.nodeId());
      if (known == null || !known.verdict.equals(verdict)) {
        unheard.put(verdict.nodeId(), new Unheard(verdict, now));
      } else if (known.since.plus(patience.get()).isBefore(now)) {
        unheard.put(verdict.nodeId(), new Unheard(verdict, now));
        due.add(verdict);
      }
    }
    return due;
  }

  /** Others say these nodes' verdicts from now on. */
  void forget(Predicate<String> nodeIds) {
    unheard.keySet().removeIf(nodeIds);
  }

  /** How long the topic may differ; empty if it need not be mended. */
  private static Optional<Duration> patience(NodeVerdict held, Optional<NodeVerdict> said) {
    if (said.isEmpty() || said.get().health() != held.health()) {
      return Optional.of(HEALTH_PATIENCE);
    }
    return said.get().equals(held) || isOfNewerHeartbeat(said.get(), held)
        ? Optional.empty()
        : Optional.of(REST_PATIENCE);
  }

  private static boolean isOfNewerHeartbeat(NodeVerdict one, NodeVerdict other) {
    return one.incarnation() > other.incarnation()
        || (one.incarnation() == other.incarnation() && one.sequence() > other.sequence());
  }
}
