package io.tributary.controlplane.copies;

/** What becomes of a copy. */
public sealed interface CopyStep {
  /** Nothing changes. */
  record Stay() implements CopyStep {}

  /** It has another state. */
  record Become(CopyState next, Reason reason) implements CopyStep {}

  /** It is no more. */
  record Forget(Reason reason) implements CopyStep {}

  /** Why a copy went on. */
  enum Reason {
    /** The node should hold it. */
    WANTED,
    /** The node should hold it no more. */
    UNWANTED,
    /** Its title is purged. */
    PURGED,
    /** No record of ours names it any more. */
    UNNAMED,
    /** A late writer said again that it is held. */
    NAMED_AGAIN,
    /** Those who were led to it had their time. */
    WAITED_OUT,
    /** The node's inventory is without it. */
    CONFIRMED_GONE,
    /** The node is shut out for ever. */
    NODE_REVOKED
  }
}
