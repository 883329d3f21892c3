package io.tributary.client.loading;

import io.tributary.client.nodes.NodeFault;
import io.tributary.client.nodes.PlayNode;

/** What a fetch must know of its play, and tell it. Safe for use by many threads. */
public interface FetchContext {
  /** How much can be played before the picture freezes, now. */
  long bufferMicros();

  /** Whether nobody wants the file any more. */
  boolean isCancelled();

  /**
   * A node has just lost its trust.
   *
   * @param detail for people; no URL
   */
  void nodeFailed(PlayNode node, NodeFault fault, String detail);

  /** Every node has failed: a new ranking would help. Returns at once; may be called often. */
  void everyNodeFailed();

  /** Waits until the time is over, the play is cancelled or there is a new ranking. */
  void pause(long millis) throws InterruptedException;
}
