package io.tributary.sim.scenario;

import java.time.Duration;

/** What goes wrong, and when. Nodes and sites are named by their index. */
public sealed interface Fault {
  /** Since the beginning. */
  Duration at();

  /** A node ends for good: its plays move on, nobody hears it again. */
  record NodeDies(Duration at, int node, Death death) implements Fault {}

  /** What is left where a node was. */
  enum Death {
    /** The process ended; its machine refuses connections. */
    KILLED,

    /** The machine or its line went with it: nobody answers at all. */
    LOST
  }

  /**
   * A node stands still and goes on: it neither reports nor sends meanwhile, and its system takes
   * connections for it.
   */
  record NodePauses(Duration at, int node, Duration lasting) implements Fault {}

  /** Of all heartbeats this share is lost, beside what the scenario loses anyway. */
  record HeartbeatsLost(Duration at, Duration lasting, double share) implements Fault {}

  /** Every node of a site ends for good, with its machine. */
  record SiteLost(Duration at, int site) implements Fault {}

  /** Heartbeats of a site's nodes come this much later. */
  record LinkSlow(Duration at, Duration lasting, int site, Duration delay) implements Fault {}

  /** The brokers are away: heartbeats are lost, and no verdict reaches steering before the end. */
  record FeedStops(Duration at, Duration lasting) implements Fault {}
}
