package io.tributary.client.loading;

import io.tributary.client.nodes.PlayNode;

/** The answer to "get me this file". */
public sealed interface FetchResult {
  /**
   * The file came whole, with the right size and hash.
   *
   * @param node which sent its last byte
   * @param nanos from the first request to the last byte, failed nodes included
   */
  record Fetched(PlayNode node, long nanos) implements FetchResult {}

  /**
   * No node delivered it in time.
   *
   * @param detail what the last node did; no URL
   */
  record GaveUp(String detail) implements FetchResult {}

  /** Nobody wants it any more. */
  record Cancelled() implements FetchResult {}
}
