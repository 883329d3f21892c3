package io.tributary.sim.run;

import io.tributary.sim.scenario.Scenario;
import java.util.SplittableRandom;

/**
 * The network between nodes and the control plane: how long its packets take, and which are lost.
 *
 * <p>A message takes 5 to 50 ms. Of a node that is asked for more than it can send, packets are
 * lost with the share that cannot be sent; one that is sent again comes after 300 ms, then 600 ms,
 * and so on. For one thread.
 */
final class ControlNetwork {
  private static final long LEAST_MICROS = 5_000;
  private static final long MOST_MICROS = 50_000;
  private static final long FIRST_RETRANSMISSION_MICROS = 300_000;
  private static final int MOST_RETRANSMISSIONS = 5;

  private final double usualLoss;
  private final long[] slowMicrosBySite;
  private double extraLoss;

  ControlNetwork(Scenario scenario) {
    this.usualLoss = scenario.health().heartbeatLoss();
    this.slowMicrosBySite = new long[scenario.layout().sites()];
  }

  /** Loses this share of messages beside the usual one. */
  void lose(double share) {
    extraLoss = share;
  }

  /** Delays a site's messages. */
  void slow(int site, long micros) {
    slowMicrosBySite[site] = micros;
  }

  /** The share of messages that is lost for good at any time. */
  double usualLoss() {
    return usualLoss;
  }

  /** The share that is lost beside it now. */
  double extraLoss() {
    return extraLoss;
  }

  /** How long a message to or from a node takes. */
  long micros(NodeState node, SplittableRandom chance) {
    return chance.nextLong(LEAST_MICROS, MOST_MICROS) + slowMicrosBySite[node.node.site().index()];
  }

  /** The share of a node's packets that it is asked for beyond what it can send. */
  static double overloadLoss(NodeState node) {
    return node.loadShare() <= 1 ? 0 : 1 - 1 / node.loadShare();
  }

  /** How much later a packet comes of which this share is lost. */
  static long retransmissionMicros(double lost, SplittableRandom chance) {
    long micros = 0;
    long wait = FIRST_RETRANSMISSION_MICROS;
    for (int i = 0; i < MOST_RETRANSMISSIONS && chance.nextDouble() < lost; i++) {
      micros += wait;
      wait *= 2;
    }
    return micros;
  }
}
