package io.tributary.controlplane.placement;

/**
 * Which plan of a node is the current one.
 *
 * @param contentVersion grows with each change of what the node is told; 0 before the first. It is
 *     the time in seconds, or one more than before, so that it grows even where the store lost it
 * @param planId names the plan's immutable content; empty before the first
 * @param packages how many copies it has, so that content that is gone or half there is told from
 *     none
 */
public record PlanHead(long contentVersion, String planId, int packages) {
  /** Of a node that was never planned for. */
  public static final PlanHead NONE = new PlanHead(0, "", 0);
}
