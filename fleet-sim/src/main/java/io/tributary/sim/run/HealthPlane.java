package io.tributary.sim.run;

import io.tributary.contracts.event.HeartbeatReceived;
import io.tributary.contracts.event.NodeHealth;
import io.tributary.contracts.event.NodeVerdict;
import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.contracts.node.NodeLoad;
import io.tributary.controlplane.health.Decision;
import io.tributary.controlplane.health.Detector;
import io.tributary.controlplane.health.Directives;
import io.tributary.sim.policy.SteeringPolicy;
import io.tributary.sim.scenario.Chance;
import io.tributary.sim.scenario.Scenario;
import io.tributary.sim.world.Node;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * From nodes' heartbeats to what steering is told of them, by the control plane's very {@link
 * Detector}, which is asked as often as {@code KafkaDetection} asks it.
 *
 * <p>A node reports an interval after its last report was answered; after standing still at once. A
 * report goes by the {@link ControlNetwork}, or is lost for good. One from a node that is asked for
 * more than it can send is late: each of its three packets may be lost, and is sent again. A
 * verdict reaches each replica of steering within 20 to 150 ms, in the order in which it was said.
 * Probes go by {@link Probes}.
 */
final class HealthPlane {
  private static final long TICK_MICROS = 100_000;

  /** So long facts need to be missing until the feed counts as dead; as in KafkaDetection. */
  private static final long PROOF_END_MICROS = 1_000_000;

  private static final int PACKETS = 3;
  private static final long INCARNATION = 1;
  private static final long STORE_BYTES = 1L << 40;

  private final List<NodeState> nodes;
  private final Schedule time;
  private final List<SteeringPolicy> replicas;
  private final Invariants invariants;
  private final Tally tally;
  private final Detector detector;
  private final SplittableRandom random;
  private final ControlNetwork network;
  private final Probes probes;
  private final long intervalMicros;
  private final long[] toldUntilMicros;
  private final Map<String, NodeState> byId = new HashMap<>();
  private final Map<String, BitSet> replicasWithout = new HashMap<>();
  private long feedStoppedMicros = NodeState.NEVER;
  private long feedBackMicros;

  HealthPlane(
      Scenario scenario,
      ControlNetwork network,
      List<NodeState> nodes,
      Schedule time,
      List<SteeringPolicy> replicas,
      Invariants invariants,
      Tally tally) {
    this.network = network;
    this.nodes = nodes;
    this.time = time;
    this.replicas = replicas;
    this.invariants = invariants;
    this.tally = tally;
    this.detector =
        new Detector(scenario.health().detector(), scenario.health().heartbeatInterval());
    this.random = Chance.of(scenario.seed(), "heartbeats");
    this.probes =
        new Probes(
            scenario,
            network,
            time,
            (node, asked, outcome) ->
                act(detector.probed(node.node.id(), asked, List.of(outcome), time.now())));
    this.intervalMicros = Schedule.micros(scenario.health().heartbeatInterval());
    this.toldUntilMicros = new long[replicas.size()];
  }

  /** Takes a fleet over in which every node is healthy; reports begin within an interval. */
  void begin() {
    for (NodeState node : nodes) {
      byId.put(node.node.id(), node);
      time.in(random.nextLong(intervalMicros), () -> beat(node));
    }
    detector.adopt(nodes.stream().map(this::healthy).toList(), time.now());
    tick();
  }

  /** Facts and verdicts stop for so long. */
  void stopFeed(long micros) {
    feedStoppedMicros = time.nowMicros();
    feedBackMicros = time.nowMicros() + micros;
    invariants.feedIsAwayUntil(feedBackMicros);
    time.at(feedBackMicros, () -> feedStoppedMicros = NodeState.NEVER);
  }

  private void tick() {
    boolean isAlive =
        feedStoppedMicros == NodeState.NEVER
            || time.nowMicros() < feedStoppedMicros + PROOF_END_MICROS;
    act(detector.tick(time.now(), isAlive, Directives.NONE));
    time.in(TICK_MICROS, this::tick);
  }

  private void beat(NodeState node) {
    if (node.isDead()) {
      return;
    }
    if (!node.answers(time.nowMicros())) {
      time.at(node.pausedUntilMicros, () -> beat(node));
      return;
    }
    node.sequence++;
    HeartbeatReceived fact = fact(node);
    long micros = network.micros(node, random) + lateness(node);
    boolean isLost = random.nextDouble() < network.usualLoss();
    boolean isLostToo = network.extraLoss() > 0 && random.nextDouble() < network.extraLoss();
    if (!isLost && !isLostToo) {
      time.in(micros, () -> hear(fact));
    }
    time.in(intervalMicros + micros, () -> beat(node));
  }

  private long lateness(NodeState node) {
    long micros = 0;
    double lost = ControlNetwork.overloadLoss(node);
    for (int packet = 0; lost > 0 && packet < PACKETS; packet++) {
      micros += ControlNetwork.retransmissionMicros(lost, random);
    }
    return micros;
  }

  private void hear(HeartbeatReceived fact) {
    if (feedStoppedMicros == NodeState.NEVER) {
      act(detector.observe(fact, time.now()));
    }
  }

  private void act(List<Decision> decisions) {
    for (Decision decision : decisions) {
      switch (decision) {
        case Decision.Say(NodeVerdict verdict, boolean isNews) -> say(verdict, isNews);
        case Decision.Probe(String nodeId, List<NodeEndpoint> asked) ->
            probes.begin(state(nodeId), asked);
        case Decision.Withheld _ -> {}
      }
    }
  }

  private void say(NodeVerdict verdict, boolean isNews) {
    NodeState node = state(verdict.nodeId());
    if (isNews) {
      invariants.judged(node, verdict);
    }
    for (int i = 0; i < replicas.size(); i++) {
      int replica = i;
      long at = Math.max(time.nowMicros(), feedBackMicros) + random.nextLong(20_000, 150_000);
      toldUntilMicros[i] = Math.max(toldUntilMicros[i] + 1, at);
      time.at(toldUntilMicros[i], () -> tell(replica, node, verdict));
    }
  }

  private void tell(int replica, NodeState node, NodeVerdict verdict) {
    replicas.get(replica).told(node.node, verdict, time.now());
    if (node.isDead() && verdict.health() != NodeHealth.HEALTHY) {
      BitSet without = replicasWithout.computeIfAbsent(node.node.id(), none -> new BitSet());
      boolean wasComplete = without.cardinality() == replicas.size();
      without.set(replica);
      if (!wasComplete && without.cardinality() == replicas.size()) {
        tally.outAfterMicros.add(time.nowMicros() - node.diedMicros);
      }
    }
  }

  private HeartbeatReceived fact(NodeState state) {
    Node node = state.node;
    return new HeartbeatReceived(
        node.id(),
        node.site().id(),
        INCARNATION,
        state.sequence,
        time.now(),
        0,
        endpoints(node),
        "serving",
        null,
        capacity(node),
        new NodeLoad(
            state.sentBitsPerSecond(time.nowMicros()), state.plays.size(), STORE_BYTES / 2, 0),
        1,
        1,
        1,
        node.certificateNotAfter());
  }

  private NodeVerdict healthy(NodeState state) {
    Node node = state.node;
    return new NodeVerdict(
        node.id(),
        node.site().id(),
        NodeHealth.HEALTHY,
        "heard",
        time.now(),
        INCARNATION,
        0,
        endpoints(node),
        capacity(node),
        new NodeLoad(0, 0, STORE_BYTES / 2, 0),
        1,
        1,
        node.certificateNotAfter(),
        "serving",
        1L);
  }

  private static List<NodeEndpoint> endpoints(Node node) {
    return List.of(new NodeEndpoint("http", node.host(), node.port()));
  }

  private static NodeCapacity capacity(Node node) {
    return new NodeCapacity(node.egressCapacityBitsPerSecond(), STORE_BYTES, 100_000);
  }

  private NodeState state(String nodeId) {
    NodeState state = byId.get(nodeId);
    if (state == null) {
      throw new IllegalStateException("node " + nodeId + " was judged and is not in the fleet");
    }
    return state;
  }
}
