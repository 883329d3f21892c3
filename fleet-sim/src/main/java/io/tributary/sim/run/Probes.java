package io.tributary.sim.run;

import io.tributary.contracts.node.NodeEndpoint;
import io.tributary.controlplane.health.ProbeOutcome;
import io.tributary.sim.scenario.Chance;
import io.tributary.sim.scenario.Scenario;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The control plane's probes of nodes, as {@code HttpEndpointProbe}'s go: one connects, and again
 * after 250 ms, within half a second, and then asks. Each of these takes as long as a report and is
 * lost with the same share.
 *
 * <p>A killed node refuses, a lost machine does not answer, one that stands still takes connections
 * and answers when it goes on. Of an overloaded node a connection's packet is lost for good, since
 * it would come again only after a second, and an answer's is late.
 */
final class Probes {
  // As in HttpEndpointProbe.
  private static final long CONNECT_TIMEOUT_MICROS = 500_000;
  private static final long SECOND_TRY_MICROS = 250_000;
  private static final long ANSWER_TIMEOUT_MICROS = 500_000;
  private static final int CONNECTIONS_A_PROBE = 2;

  private final ControlNetwork network;
  private final Schedule time;
  private final Ending ending;

  /** Of its own, so that the same heartbeats are lost with probes and without. */
  private final SplittableRandom chance;

  Probes(Scenario scenario, ControlNetwork network, Schedule time, Ending ending) {
    this.network = network;
    this.time = time;
    this.ending = ending;
    this.chance = Chance.of(scenario.seed(), "probes");
  }

  /** Hears of each probe's end once. */
  interface Ending {
    void ended(NodeState node, List<NodeEndpoint> asked, ProbeOutcome outcome);
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

  /** Begins one. */
  void begin(NodeState node, List<NodeEndpoint> asked) {
    Trial trial = new Trial(node, asked);
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
        isLost() || chance.nextDouble() < ControlNetwork.overloadLoss(node) || trial.isConnected;
    if (!isLost) {
      time.in(network.micros(node, chance), () -> reach(trial));
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
    if (!isLost()) {
      long micros =
          network.micros(node, chance)
              + ControlNetwork.retransmissionMicros(ControlNetwork.overloadLoss(node), chance);
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
      ending.ended(trial.node, trial.asked, outcome);
    }
  }

  private boolean isLost() {
    return chance.nextDouble() < network.usualLoss()
        || (network.extraLoss() > 0 && chance.nextDouble() < network.extraLoss());
  }
}
