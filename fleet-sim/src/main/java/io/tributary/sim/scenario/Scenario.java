package io.tributary.sim.scenario;

import java.time.Duration;
import java.util.List;

/**
 * One simulated stretch of a fleet's life. All chance in it comes from the seed, a generator a
 * concern, so that two policies meet the same plays and the same faults.
 *
 * @param name to ask for it by
 * @param seed of all chance
 * @param length of the stretch
 * @param layout where nodes and viewers are
 * @param catalogue what there is to play
 * @param demand how much is played
 * @param health how nodes are watched
 * @param faults what goes wrong, in any order
 */
public record Scenario(
    String name,
    long seed,
    Duration length,
    Layout layout,
    Catalogue catalogue,
    Demand demand,
    Health health,
    List<Fault> faults) {
  /** A dead node must be out of all answers by then, where nodes report every second. */
  private static final Duration DEAD_NODE_BOUND = Duration.ofSeconds(6);

  public Scenario {
    faults = List.copyOf(faults);
  }

  /** How many nodes there are. */
  public int nodes() {
    return layout.sites() * layout.nodesPerSite();
  }

  /** After which no answer names a dead node: grows with the heartbeats' interval. */
  public Duration deadNodeBound() {
    return health.heartbeatInterval().toSeconds() <= 1
        ? DEAD_NODE_BOUND
        : health.heartbeatInterval().multipliedBy(4);
  }

  /** Watched another way. */
  public Scenario with(Health other) {
    return new Scenario(name, seed, length, layout, catalogue, demand, other, faults);
  }

  /** Of another length. */
  public Scenario lasting(Duration other) {
    return new Scenario(name, seed, other, layout, catalogue, demand, health, faults);
  }

  /** With other faults. */
  public Scenario with(List<Fault> other) {
    return new Scenario(name, seed, length, layout, catalogue, demand, health, other);
  }
}
