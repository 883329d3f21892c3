package io.tributary.controlplane.placement;

/**
 * Which plan of a node is the current one.
 *
 * @param contentVersion grows by one with each plan of this node; 0 before the first
 * @param planId names the plan's immutable content; empty before the first
 * @param packages how many there are, so that content that is gone or half there is told from none
 */
public record PlanHead(long contentVersion, String planId, int packages) {
  /** Of a node that was never planned for. */
  public static final PlanHead NONE = new PlanHead(0, "", 0);
}
