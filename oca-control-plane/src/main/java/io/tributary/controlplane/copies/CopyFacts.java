package io.tributary.controlplane.copies;

import java.time.Instant;

/**
 * What a step of a copy's life is decided from.
 *
 * @param isWanted whether the node should hold it
 * @param isPurged whether its title is purged: nobody should hold it, at once
 * @param isNodeRevoked whether the node is shut out for ever
 * @param isSaid whether our record on Kafka, read back, still says that the node holds it
 * @param evidence what the node last confirmed
 * @param nextVersion the contentVersion that a change of the node's plan gets
 * @param now the planner's clock
 */
public record CopyFacts(
    boolean isWanted,
    boolean isPurged,
    boolean isNodeRevoked,
    boolean isSaid,
    Evidence evidence,
    long nextVersion,
    Instant now) {

  /**
   * What an inventory proved of a copy.
   *
   * @param contentVersion of the plan that the node obeyed before it looked at its disk
   * @param isHeld whether it held the copy then
   */
  public record Evidence(long contentVersion, boolean isHeld) {
    /** Of a node that never sent any. */
    public static final Evidence NONE = new Evidence(0, false);
  }
}
