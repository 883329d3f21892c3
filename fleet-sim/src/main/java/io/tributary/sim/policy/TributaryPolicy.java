package io.tributary.sim.policy;

import io.tributary.contracts.context.Cohort;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.steering.Ranking;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Pack;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.World;
import io.tributary.steering.brain.SteeringBrain;
import io.tributary.steering.brain.SteeringBrain.Answer;
import io.tributary.steering.explain.DecisionIds;
import io.tributary.steering.nearness.Nearness;
import io.tributary.steering.ranking.NearnessRanker;
import io.tributary.steering.ranking.RankingPolicy;
import io.tributary.steering.snapshot.Fleet;
import io.tributary.steering.snapshot.FleetSnapshot;
import io.tributary.steering.snapshot.KnownNode;
import io.tributary.steering.snapshot.LoadBoard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Ours: the very {@link SteeringBrain} of the service, reservations included. It names only nodes
 * that hold the package, so none fetches one for it, and what it was told of holdings stays true.
 */
public final class TributaryPolicy implements SteeringPolicy {
  private final Fleet fleet = new Fleet();
  private final SteeringBrain brain;
  private final Map<String, Node> nodes = new HashMap<>();

  /** A replica that ranks by these figures. */
  public TributaryPolicy(World world, RankingPolicy figures, SplittableRandom random) {
    FleetSnapshot.Edit edit = FleetSnapshot.EMPTY.edit();
    for (Node node : world.nodes()) {
      nodes.put(node.id(), node);
      edit.put(known(node, NodeHealth.HEALTHY, "heard"));
      fleet.loads().put(node.id(), new LoadBoard.Load(node.egressCapacityBitsPerSecond(), 0));
    }
    for (Pack pack : world.packs()) {
      world.holdings().of(pack).forEach(node -> edit.hold(node.id(), pack.ref()));
    }
    fleet.swap(edit.done());
    fleet.aliveAt(World.START);
    fleet.usable();
    Nearness nearness = new Nearness(world.locator(), List.of(), 0, World.START);
    this.brain =
        new SteeringBrain(
            fleet, () -> nearness, new NearnessRanker(figures), new DecisionIds(random), List.of());
  }

  @Override
  public Choice choose(Question question, Instant at) {
    return switch (brain.decide(asked(question), at)) {
      case Answer.Decided(Ranking ranking, boolean _) ->
          choice(ranking.nodes().stream().map(Ranking.Node::nodeId).toList(), ranking.outcome());
      case Answer.NothingKnown() -> new Choice.Refused("nothing-known");
    };
  }

  @Override
  public Choice consider(Question question, Instant at) {
    return brain
        .consider(asked(question), at)
        .map(record -> choice(record.order(), "none"))
        .orElse(new Choice.Refused("nothing-known"));
  }

  @Override
  public void told(Node node, NodeVerdict verdict, Instant at) {
    fleet.aliveAt(at);
    fleet.swap(fleet.snapshot().edit().put(known(node, verdict.health(), verdict.reason())).done());
    fleet
        .loads()
        .put(
            node.id(),
            new LoadBoard.Load(
                verdict.capacity().egressBitsPerSecond(), verdict.load().egressBitsPerSecond()));
  }

  private Choice choice(List<String> nodeIds, String outcome) {
    List<Node> named = new ArrayList<>(nodeIds.size());
    for (String nodeId : nodeIds) {
      Node node = nodes.get(nodeId);
      if (node == null) {
        throw new IllegalStateException("node " + nodeId + " was named and is not in the fleet");
      }
      named.add(node);
    }
    return named.isEmpty() ? new Choice.Refused(outcome) : new Choice.Named(named);
  }

  private static SteeringBrain.Question asked(Question question) {
    return new SteeringBrain.Question(
        "play-" + question.play(),
        question.pack().ref(),
        Optional.of(question.client().network()),
        MAX_NODES,
        question.bitsPerSecond(),
        List.of(),
        null,
        Cohort.SYNTHETIC);
  }

  private static KnownNode known(Node node, NodeHealth health, String reason) {
    return new KnownNode(
        node.id(),
        node.site().id(),
        health,
        reason,
        "http://" + node.host() + ":" + node.port(),
        node.certificateNotAfter());
  }
}
