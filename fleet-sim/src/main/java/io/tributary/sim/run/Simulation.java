package io.tributary.sim.run;

import io.tributary.sim.policy.PolicyMaker;
import io.tributary.sim.policy.SteeringPolicy;
import io.tributary.sim.scenario.Chance;
import io.tributary.sim.scenario.Demand;
import io.tributary.sim.scenario.Demand.Crowd;
import io.tributary.sim.scenario.Fault;
import io.tributary.sim.scenario.Fault.Death;
import io.tributary.sim.scenario.Scenario;
import io.tributary.sim.world.Client;
import io.tributary.sim.world.Node;
import io.tributary.sim.world.Pack;
import io.tributary.sim.world.Question;
import io.tributary.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs a scenario under a policy. The same scenario and policy give the same outcome, on every
 * machine; two policies meet the same plays and faults.
 */
public final class Simulation {
  private static final long MICROS = 1_000_000;

  /**
   * Less of a node's capacity, or less than the largest play, is no room that could be counted on:
   * what is known of a node is up to four seconds old, and a play of ninety seconds on average has
   * a chance of one in twenty to end meanwhile.
   */
  private static final double LEAST_ROOM_SHARE = 0.05;

  private final Scenario scenario;
  private final World world;
  private final Schedule time = new Schedule();
  private final Tally tally = new Tally();
  private final List<NodeState> nodes = new ArrayList<>();
  private final List<SteeringPolicy> replicas = new ArrayList<>();
  private final Invariants invariants;
  private final ControlNetwork network;
  private final HealthPlane health;
  private final Playing playing;
  private final SplittableRandom arrivals;
  private final double playsPerSecondAtFull;
  private long plays;

  private Simulation(Scenario scenario, PolicyMaker maker) {
    this.scenario = scenario;
    this.world = new World(scenario);
    Demand demand = scenario.demand();
    long largest = demand.bitsPerSecond().stream().mapToLong(Long::longValue).max().orElseThrow();
    for (Node node : world.nodes()) {
      double share = LEAST_ROOM_SHARE * node.egressCapacityBitsPerSecond();
      nodes.add(new NodeState(node, Math.max(largest, (long) share)));
    }
    SplittableRandom policyChance = Chance.of(scenario.seed(), "policy");
    for (int i = 0; i < scenario.health().steeringReplicas(); i++) {
      replicas.add(maker.make(world, policyChance.split()));
    }
    this.invariants = new Invariants(world, nodes, time, tally);
    this.network = new ControlNetwork(scenario);
    this.health = new HealthPlane(scenario, network, nodes, time, replicas, invariants, tally);
    this.playing = new Playing(world, nodes, time, replicas, invariants, tally);
    this.arrivals = Chance.of(scenario.seed(), "arrivals");
    double bitsPerPlay =
        demand.meanBitsPerSecond() * (Schedule.micros(demand.meanPlayLength()) / 1e6);
    this.playsPerSecondAtFull = world.capacityBitsPerSecond() / bitsPerPlay;
  }

  /** Runs a scenario to its end. */
  public static Outcome run(Scenario scenario, PolicyMaker maker) {
    return new Simulation(scenario, maker).run();
  }

  private Outcome run() {
    health.begin();
    for (Fault fault : scenario.faults()) {
      time.at(Schedule.micros(fault.at()), () -> begin(fault));
      if (fault instanceof Fault.SiteLost lost) {
        new SiteLossWatch(
            world, replicas.getFirst(), time, invariants, lost.site(), Schedule.micros(lost.at()));
      }
    }
    arriveLater();
    time.run(Schedule.micros(scenario.length()));
    playing.end();
    return new Outcome(scenario, tally, invariants.violations(), invariants.count());
  }

  private void arriveLater() {
    double rate =
        playsPerSecondAtFull * Math.max(1e-6, scenario.demand().shareOfCapacity(time.nowMicros()));
    time.in((long) Chance.exponential(arrivals, MICROS / rate), this::arrive);
  }

  private void arrive() {
    Demand demand = scenario.demand();
    Client client = world.anyClient(arrivals);
    Pack pack = world.anyPack(arrivals);
    for (Crowd crowd : demand.crowds()) {
      boolean isNow =
          time.nowMicros() >= Schedule.micros(crowd.from())
              && time.nowMicros() < Schedule.micros(crowd.until());
      if (isNow && arrivals.nextDouble() < crowd.share()) {
        pack = world.packs().get(crowd.packageIndex());
        client = crowd.site() == Crowd.EVERYWHERE ? client : world.clientOf(crowd.site(), arrivals);
      }
    }
    List<Long> rates = demand.bitsPerSecond();
    long bitsPerSecond = rates.get(arrivals.nextInt(rates.size()));
    double length = Chance.exponential(arrivals, (double) Schedule.micros(demand.meanPlayLength()));
    playing.begin(new Question(plays++, client, pack, bitsPerSecond), (long) length);
    arriveLater();
  }

  private void begin(Fault fault) {
    switch (fault) {
      case Fault.NodeDies dies -> kill(List.of(nodes.get(dies.node())), dies.death());
      case Fault.NodePauses pauses -> {
        NodeState node = nodes.get(pauses.node());
        node.pausedUntilMicros =
            Math.max(node.pausedUntilMicros, time.nowMicros() + Schedule.micros(pauses.lasting()));
      }
      case Fault.HeartbeatsLost lost -> {
        network.lose(lost.share());
        time.in(Schedule.micros(lost.lasting()), () -> network.lose(0));
      }
      case Fault.SiteLost lost ->
          kill(
              nodes.stream().filter(each -> each.node.site().index() == lost.site()).toList(),
              Death.LOST);
      case Fault.LinkSlow slow -> {
        network.slow(slow.site(), Schedule.micros(slow.delay()));
        time.in(Schedule.micros(slow.lasting()), () -> network.slow(slow.site(), 0));
      }
      case Fault.FeedStops stops -> health.stopFeed(Schedule.micros(stops.lasting()));
    }
  }

  private void kill(List<NodeState> dying, Death death) {
    List<NodeState> dead = new ArrayList<>();
    for (NodeState node : dying) {
      if (!node.isDead()) {
        node.diedMicros = time.nowMicros();
        node.isMachineLost = death == Death.LOST;
        dead.add(node);
      }
    }
    playing.moveAway(dead);
  }
}
