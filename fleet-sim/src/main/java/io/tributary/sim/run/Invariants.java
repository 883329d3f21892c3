package io.tributary.sim.run;

import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.sim.policy.SteeringPolicy.Choice;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks what must hold, as things happen: an answer when it is given, a verdict when it is said.
 * Each check is bounded by what it looks at. For one thread.
 */
final class Invariants {
  /** Of each kind; the others are counted. */
  static final int KEPT = 20;

  private static final int OVERLOADED_HEARTBEATS = 2;

  /**
   * The largest share of other sites' plays that a site's loss may move, beyond those that load
   * moves anyway.
   */
  private static final double MOST_OTHERS_MOVED = 0.1;

  private final World world;
  private final List<NodeState> nodes;
  private final Schedule time;
  private final Tally tally;
  private final Duration deadNodeBound;
  private final long overloadBoundMicros;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<Class<?>, Integer> kept = new HashMap<>();
  private final Map<String, Long> awaySinceMicros = new HashMap<>();
  private final Map<String, Long> toldOverloads = new HashMap<>();
  private long feedBackMicros;
  private long count;

  Invariants(World world, List<NodeState> nodes, Schedule time, Tally tally) {
    this.world = world;
    this.nodes = nodes;
    this.time = time;
    this.tally = tally;
    this.deadNodeBound = world.scenario().deadNodeBound();
    this.overloadBoundMicros =
        OVERLOADED_HEARTBEATS * Schedule.micros(world.scenario().health().heartbeatInterval());
  }

  /**
   * The feed is away until then, and verdicts stay as they are by design: the bound on a dead node
   * begins again at its end, and after the grace in which nobody is suspected.
   */
  void feedIsAwayUntil(long micros) {
    feedBackMicros = micros + Schedule.micros(world.scenario().health().detector().grace());
  }

  /** A play was answered. */
  void answered(Question question, Choice choice) {
    if (!(choice instanceof Choice.Named(List<Node> named))) {
      return;
    }
    if (named.isEmpty()) {
      notAnswered(question, "nobody is named, and no reason");
      return;
    }
    overloaded(question, named.getFirst());
    for (Node node : named) {
      NodeState state = nodes.get(node.index());
      if (state.isDead()) {
        Duration deadFor = between(state.diedMicros, time.nowMicros());
        Duration knowableFor =
            between(Math.max(state.diedMicros, feedBackMicros), time.nowMicros());
        if (knowableFor.compareTo(deadNodeBound) > 0) {
          add(new Violation.DeadNodeNamed(now(), node.id(), deadFor, deadNodeBound));
        }
      }
    }
  }

  /** A play was not. */
  void notAnswered(Question question, String why) {
    add(new Violation.NotAnswered(now(), question.play(), why));
  }

  /** The detector changed its mind about a node. */
  void judged(NodeState node, NodeVerdict verdict) {
    if (node.isDead()) {
      return;
    }
    String nodeId = node.node.id();
    if (verdict.health() == NodeHealth.HEALTHY) {
      Long since = awaySinceMicros.remove(nodeId);
      if (since != null) {
        tally.flaps++;
        add(new Violation.Flapped(now(), nodeId, between(since, time.nowMicros())));
      }
    } else if (awaySinceMicros.putIfAbsent(nodeId, time.nowMicros()) == null) {
      tally.wronglyGivenUp++;
      add(new Violation.WronglyGivenUp(now(), nodeId, verdict.reason()));
    }
  }

  /** Told once for each time that a node is overloaded. */
  private void overloaded(Question question, Node first) {
    NodeState full = nodes.get(first.index());
    long since = full.overloadedSinceMicros;
    if (since == NodeState.NEVER
        || time.nowMicros() - since <= overloadBoundMicros
        || Long.valueOf(since).equals(toldOverloads.get(first.id()))) {
      return;
    }
    NodeState roomy = roomyElsewhere(question, full);
    if (roomy != null) {
      toldOverloads.put(first.id(), since);
      add(
          new Violation.Overloaded(
              now(), first.id(), full.loadShare(), roomy.node.id(), roomy.loadShare()));
    }
  }

  private @Nullable NodeState roomyElsewhere(Question question, NodeState full) {
    int tier = world.tier(question.client(), full.node);
    for (Node holder : world.holdings().of(question.pack())) {
      NodeState other = nodes.get(holder.index());
      if (other != full
          && other.answers(time.nowMicros())
          && other.roomySinceMicros != NodeState.NEVER
          && time.nowMicros() - other.roomySinceMicros > overloadBoundMicros
          && world.tier(question.client(), holder) <= tier) {
        return other;
      }
    }
    return null;
  }

  /**
   * A site is lost, and all replicas know it.
   *
   * @param share of what other sites carried that is named another node first than before
   * @param usualShare the same over as much time before the loss
   */
  void siteLost(double share, double usualShare) {
    if (share > usualShare + MOST_OTHERS_MOVED) {
      add(new Violation.OthersMoved(now(), share, usualShare));
    }
  }

  List<Violation> violations() {
    return violations;
  }

  long count() {
    return count;
  }

  private void add(Violation violation) {
    count++;
    if (kept.merge(violation.getClass(), 1, Integer::sum) <= KEPT) {
      violations.add(violation);
    }
  }

  private Duration now() {
    return between(0, time.nowMicros());
  }

  private static Duration between(long fromMicros, long toMicros) {
    return Duration.ofNanos((toMicros - fromMicros) * 1_000);
  }
}
