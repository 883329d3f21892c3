package io.tributary.steering.brain;

import java.time.Instant;

/** What clients report of nodes, as ranking may use it. Never blocks; safe for many threads. */
@FunctionalInterface
public interface Penalties {
  /** Where no client reports. */
  Penalties NONE = (_, _) -> 0;

  /** Of a node, from 0 (nothing against it, or not known) to 1. */
  double of(String nodeId, Instant at);
}
