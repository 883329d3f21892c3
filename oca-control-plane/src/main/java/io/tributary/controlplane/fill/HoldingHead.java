package io.tributary.controlplane.fill;

/**
 * What is known of a node's holdings.
 *
 * @param digest of the inventory they come from; empty before the first, and after a loss until the
 *     next inventory
 * @param contentVersion of the plan that the node obeyed when it looked, and that they were checked
 *     against: of two the lower
 * @param revision names this state's immutable content; empty before the first
 * @param packages how many there are
 */
public record HoldingHead(String digest, long contentVersion, String revision, int packages) {
  /** Of a node that never confirmed anything. */
  public static final HoldingHead NONE = new HoldingHead("", 0, "", 0);
}
