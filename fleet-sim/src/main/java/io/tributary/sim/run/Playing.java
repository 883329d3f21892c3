package io.tributary.sim.run;

import io.tributary.sim.policy.SteeringPolicy;
import io.tributary.sim.policy.SteeringPolicy.Choice;
import io.tributary.sim.world.Earth;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Pack;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.Site;
import io.tributary.sim.world.World;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Plays from their beginning to their end: each asks a replica, tries what it was named in that
 * order, stays with the first node that sends, and goes on down its list when that node dies; at
 * the list's end it asks once more. For one thread.
 */
final class Playing {
  private final World world;
  private final List<NodeState> nodes;
  private final Schedule time;
  private final List<SteeringPolicy> replicas;
  private final Invariants invariants;
  private final Tally tally;
  private final boolean nodesFetch;

  Playing(
      World world,
      List<NodeState> nodes,
      Schedule time,
      List<SteeringPolicy> replicas,
      Invariants invariants,
      Tally tally) {
    this.world = world;
    this.nodes = nodes;
    this.time = time;
    this.replicas = replicas;
    this.invariants = invariants;
    this.tally = tally;
    this.nodesFetch = world.scenario().catalogue().nodesFetch();
  }

  /** A play begins. */
  void begin(Question question, long lengthMicros) {
    tally.plays++;
    RunningPlay play = new RunningPlay(question, time.nowMicros() + lengthMicros);
    play.named = ask(question);
    if (play.named.isEmpty()) {
      tally.refused++;
      return;
    }
    countFirst(play.named.getFirst(), question);
    if (goOn(play)) {
      time.at(play.endMicros, () -> leave(play));
    } else {
      tally.cutOff++;
    }
  }

  private void countFirst(Node first, Question question) {
    if (!nodes.get(first.index()).answers(time.nowMicros())) {
      tally.firstToUnhealthy++;
    }
    if (!world.holdings().has(first, question.pack())) {
      tally.firstToNonHolding++;
    }
  }

  private List<Node> ask(Question question) {
    try {
      Choice choice =
          replicas.get((int) (question.play() % replicas.size())).choose(question, time.now());
      invariants.answered(question, choice);
      return switch (choice) {
        case Choice.Named(List<Node> named) -> named;
        case Choice.Refused _ -> List.of();
      };
    } catch (RuntimeException e) {
      invariants.notAnswered(question, e.toString());
      return List.of();
    }
  }

  /** Tries the rest of the list; returns whether a node sends now. */
  private boolean goOn(RunningPlay play) {
    while (play.next < play.named.size()) {
      NodeState node = nodes.get(play.named.get(play.next++).index());
      if (node.answers(time.nowMicros()) && has(node, play)) {
        node.begin(play, time.nowMicros());
        play.at = node;
        play.sinceMicros = time.nowMicros();
        play.isFromAfar = isNearerHeld(node, play.question);
        return true;
      }
      tally.failedTries++;
    }
    return false;
  }

  private boolean has(NodeState node, RunningPlay play) {
    Pack pack = play.question.pack();
    if (world.holdings().has(node.node, pack)) {
      world.holdings().use(node.node, pack);
      return true;
    }
    if (nodesFetch) {
      double bits = bits(play, time.nowMicros(), play.endMicros);
      tally.fetchedBits += bits;
      tally.kilometreBits += bits * kilometresToHolder(node, pack);
      world.holdings().fetch(node.node, pack);
    }
    return nodesFetch;
  }

  /** A package that nobody holds any more comes from as far as the farthest site. */
  private double kilometresToHolder(NodeState node, Pack pack) {
    List<Node> holders = world.holdings().of(pack);
    List<Site> from = holders.isEmpty() ? world.sites() : holders.stream().map(Node::site).toList();
    DoubleStream kilometres =
        from.stream()
            .mapToDouble(
                site -> Earth.kilometres(site.coordinates(), node.node.site().coordinates()));
    return (holders.isEmpty() ? kilometres.max() : kilometres.min()).orElse(0);
  }

  private boolean isNearerHeld(NodeState node, Question question) {
    int tier = world.tier(question.client(), node.node);
    for (Node holder : world.holdings().of(question.pack())) {
      if (world.tier(question.client(), holder) < tier && !nodes.get(holder.index()).isDead()) {
        return true;
      }
    }
    return false;
  }

  /** These nodes have just died: their plays go on elsewhere. */
  void moveAway(List<NodeState> dead) {
    for (NodeState node : dead) {
      for (RunningPlay play : List.copyOf(node.plays)) {
        leave(play);
        if (!goOn(play)) {
          play.named = ask(play.question);
          play.next = 0;
          tally.cutOff += goOn(play) ? 0 : 1;
        }
      }
    }
  }

  private void leave(RunningPlay play) {
    NodeState node = play.at;
    if (node != null) {
      count(play, node);
      node.end(play, time.nowMicros());
      play.at = null;
    }
  }

  /** Counts what still runs. */
  void end() {
    for (NodeState node : nodes) {
      node.plays.forEach(play -> count(play, node));
      tally.starvedBits += node.starvedBits(time.nowMicros());
      tally.mostLoadShare = Math.max(tally.mostLoadShare, node.mostLoadShare());
    }
  }

  private void count(RunningPlay play, NodeState node) {
    double bits = bits(play, play.sinceMicros, time.nowMicros());
    tally.bits += bits;
    tally.afarBits += play.isFromAfar ? bits : 0;
    tally.kilometreBits += bits * world.kilometres(play.question.client(), node.node.site());
  }

  private static double bits(RunningPlay play, long fromMicros, long toMicros) {
    return play.question.bitsPerSecond() * ((toMicros - fromMicros) / 1e6);
  }
}
