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
import io.tributary.controlplane.health.ProbeOutcome;
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
 * report takes 5 to 50 ms, or is lost for good. One from a node that is asked for more than it can
 * send is late: each of its three packets is lost with the share that cannot be sent, and sent
 * again after 300 ms, then 600 ms, and so on. A verdict reaches each replica of steering within 20
 * to 150 ms, in the order in which it was said.
 *
 * <p>A probe goes as {@code HttpEndpointProbe}'s: it connects, and again after 250 ms, within half
 * a second, and then asks. Each of these takes as long as a report and is lost with the same share.
 * A killed node refuses, a lost machine does not answer, one that stands still takes connections
 * and answers when it goes on. Of an overloaded node a connection's packet is lost for good, since
 * it would come again only after a second, and an answer's is late.
 */
final class HealthPlane {
  private static final long TICK_MICROS = 100_000;

  /** So long facts need to be missing until the feed counts as dead; as in KafkaDetection. */
  private static final long PROOF_END_MICROS = 1_000_000;

  // As in HttpEndpointProbe.
  private static final long CONNECT_TIMEOUT_MICROS = 500_000;
  private static final long SECOND_TRY_MICROS = 250_000;
  private static final long ANSWER_TIMEOUT_MICROS = 500_000;
  private static final int CONNECTIONS_A_PROBE = 2;

  private static final long FIRST_RETRANSMISSION_MICROS = 300_000;
  private static final int PACKETS = 3;
  private static final int MOST_RETRANSMISSIONS = 5;
  private static final long INCARNATION = 1;
  private static final long STORE_BYTES = 1L << 40;

  private final Scenario scenario;
  private final List<NodeState> nodes;
  private final Schedule time;
  private final List<SteeringPolicy> replicas;
  private final Invariants invariants;
  private final Tally tally;
  private final Detector detector;
  private final SplittableRandom random;

  /** Of its own, so that the same heartbeats are lost with probes and without. */
  private final SplittableRandom probeChance;

  private final long intervalMicros;
  private final long[] slowMicrosBySite;
  private final long[] toldUntilMicros;
  private final Map<String, NodeState> byId = new HashMap<>();
  private final Map<String, BitSet> replicasWithout = new HashMap<>();
  private double extraLoss;
  private long feedStoppedMicros = NodeState.NEVER;
  private long feedBackMicros;

  HealthPlane(
      Scenario scenario,
      List<NodeState> nodes,
      Schedule time,
      List<SteeringPolicy> replicas,
      Invariants invariants,
      Tally tally) {
    this.scenario = scenario;
    this.nodes = nodes;
    this.time = time;
    this.replicas = replicas;
    this.invariants = invariants;
    this.tally = tally;
    this.detector =
        new Detector(scenario.health().detector(), scenario.health().heartbeatInterval());
    this.random = Chance.of(scenario.seed(), "heartbeats");
    this.probeChance = Chance.of(scenario.seed(), "probes");
    this.intervalMicros = Schedule.micros(scenario.health().heartbeatInterval());
    this.slowMicrosBySite = new long[scenario.layout().sites()];
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

  /** Loses this share of reports and probes beside the usual one. */
  void lose(double share) {
    extraLoss = share;
  }

  /** Delays a site's reports. */
  void slow(int site, long micros) {
    slowMicrosBySite[site] = micros;
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
    long micros = between(5_000, 50_000) + lateness(node);
    boolean isLost = random.nextDouble() < scenario.health().heartbeatLoss();
    boolean isLostToo = extraLoss > 0 && random.nextDouble() < extraLoss;
    if (!isLost && !isLostToo) {
      time.in(micros, () -> hear(fact));
    }
    time.in(intervalMicros + micros, () -> beat(node));
  }

  private long lateness(NodeState node) {
    long micros = slowMicrosBySite[node.node.site().index()];
    double lost = overloadLoss(node);
    for (int packet = 0; lost > 0 && packet < PACKETS; packet++) {
      micros += retransmission(lost, random);
    }
    return micros;
  }

  /** The share of a node's packets that it is asked for beyond what it can send. */
  private static double overloadLoss(NodeState node) {
    return node.loadShare() <= 1 ? 0 : 1 - 1 / node.loadShare();
  }

  private static long retransmission(double lost, SplittableRandom chance) {
    long micros = 0;
    long wait = FIRST_RETRANSMISSION_MICROS;
    for (int i = 0; i < MOST_RETRANSMISSIONS && chance.nextDouble() < lost; i++) {
      micros += wait;
      wait *= 2;
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
        case Decision.Probe(String nodeId, List<NodeEndpoint> asked) -> probe(nodeId, asked);
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
      long at = Math.max(time.nowMicros(), feedBackMicros) + between(20_000, 150_000);
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

  private void probe(String nodeId, List<NodeEndpoint> asked) {
    Trial trial = new Trial(state(nodeId), asked);
    connect(trial);
    time.in(SECOND_TRY_MICROS, () -> connect(trial));
    time.in(
        CONNECT_TIMEOUT_MICROS,
        () -> {
          if (!trial.isConnected) {
            end(trial, ProbeOutcome.REFUSED);
          }
        });
  }

  private void connect(Trial trial) {
    NodeState node = trial.node;
    boolean isLost =
        isProbeLost() || probeChance.nextDouble() < overloadLoss(node) || trial.isConnected;
    if (!isLost) {
      time.in(probeMicros(node), () -> reach(trial));
    }
  }

  private void reach(Trial trial) {
    if (trial.node.isDead()) {
      if (!trial.node.isMachineLost && ++trial.refusals == CONNECTIONS_A_PROBE) {
        end(trial, ProbeOutcome.REFUSED);
      }
    } else if (!trial.isConnected) {
      trial.isConnected = true;
      ask(trial);
    }
  }

  private void ask(Trial trial) {
    NodeState node = trial.node;
    time.in(ANSWER_TIMEOUT_MICROS, () -> end(trial, ProbeOutcome.ACCEPTED));
    if (!isProbeLost()) {
      long micros = probeMicros(node) + retransmission(overloadLoss(node), probeChance);
      time.at(
          Math.max(time.nowMicros(), node.pausedUntilMicros) + micros,
          () -> {
            if (node.answers(time.nowMicros())) {
              end(trial, ProbeOutcome.ANSWERED);
            }
          });
    }
  }

  private void end(Trial trial, ProbeOutcome outcome) {
    if (!trial.isEnded) {
      trial.isEnded = true;
      act(detector.probed(trial.node.node.id(), trial.asked, List.of(outcome), time.now()));
    }
  }

  private boolean isProbeLost() {
    boolean isLost = probeChance.nextDouble() < scenario.health().heartbeatLoss();
    return isLost || (extraLoss > 0 && probeChance.nextDouble() < extraLoss);
  }

  private long probeMicros(NodeState node) {
    return probeChance.nextLong(5_000, 50_000) + slowMicrosBySite[node.node.site().index()];
  }

  /** One probe of a node, at its only address. */
  private static final class Trial {
    private final NodeState node;
    private final List<NodeEndpoint> asked;
    private int refusals;
    private boolean isConnected;
    private boolean isEnded;

    private Trial(NodeState node, List<NodeEndpoint> asked) {
      this.node = node;
      this.asked = asked;
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
        "serving");
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

  private long between(long leastMicros, long mostMicros) {
    return random.nextLong(leastMicros, mostMicros);
  }
}
