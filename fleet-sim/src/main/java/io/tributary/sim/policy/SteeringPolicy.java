package io.tributary.sim.policy;

import io.tributary.contracts.event.NodeVerdict;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Question;
import java.time.Instant;
import java.util.List;

/**
 * A way to choose nodes: one replica of a steering service. It knows what it is told, never how
 * nodes really are. For one thread.
 */
public interface SteeringPolicy {
  /** How many nodes an answer names at most, whoever gives it. */
  int MAX_NODES = 4;

  /** Chooses for a play, which goes to the first node that answers. */
  Choice choose(Question question, Instant at);

  /** What would be chosen; nothing is remembered of it. */
  Choice consider(Question question, Instant at);

  /** A verdict got here, with the node's figures. */
  void told(Node node, NodeVerdict verdict, Instant at);

  /** What a play is answered. */
  sealed interface Choice {
    /** These, best first. */
    record Named(List<Node> nodes) implements Choice {}

    /** None, for that reason. */
    record Refused(String reason) implements Choice {}
  }
}
