package io.tributary.controlplane.identity;

/** Whether a certificate is one of ours that may act as a node. */
public sealed interface Identification {
  /** It is this node's. */
  record Identified(NodeIdentity node) implements Identification {}

  /**
   * It is not.
   *
   * @param reason for people
   */
  record Foreign(String reason) implements Identification {}
}
