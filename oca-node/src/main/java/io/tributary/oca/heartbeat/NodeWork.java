package io.tributary.oca.heartbeat;

import io.tributary.contracts.node.NodeCapacity;
import io.tributary.contracts.node.NodeConfig;
import io.tributary.oca.fill.ContentPlan;
import io.tributary.oca.routes.HeardRoutes;
import io.tributary.oca.store.StoreInventory;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The rest of this node, as its reports see it and as it obeys. */
public interface NodeWork {
  /** What it holds whole. */
  StoreInventory inventory();

  /** Whom its site's router reaches. */
  HeardRoutes routes();

  /** What it could do at most. */
  NodeCapacity capacity();

  /** Its counters now. */
  Figures figures();

  /** Why its disk does not take what it should; for people. */
  Optional<String> trouble();

  /**
   * Counters since the start.
   *
   * @param bytesSent of media
   * @param bytesFilled fetched
   * @param connections open now
   * @param bytesHeld in the store
   */
  record Figures(long bytesSent, long bytesFilled, int connections, long bytesHeld) {}

  /**
   * Runs under this configuration from now on.
   *
   * @throws IllegalArgumentException if it cannot; then the old one goes on
   */
  void configure(NodeConfig config);

  /** Holds this from now on. */
  void plan(ContentPlan plan);

  /** Refuses tokens of these plays from now on. */
  void revoke(Set<String> playbackIds);

  /** Serves nothing of these titles from now on, and deletes what is here of them. */
  void purge(Set<String> titleIds);

  /** Begins nothing new, or begins again. */
  void drain(boolean drains);

  /** Serves nobody from then on. */
  void servesUntil(Instant end);

  /** Whether it may serve; not while it has to hear of withdrawals first. */
  void mayServe(boolean may);
}
