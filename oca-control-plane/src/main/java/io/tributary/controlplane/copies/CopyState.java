package io.tributary.controlplane.copies;

import java.time.Instant;

/**
 * Where a copy is in its life. A copy that is nowhere has no state. What moves it on is {@link
 * CopyLife}.
 */
public sealed interface CopyState {
  /**
   * The node should hold it, and may be named once it confirmed it under this plan or a later one.
   *
   * @param since the node's contentVersion with which this began
   */
  record Placed(long since) implements CopyState {
    /** Of a copy that was planned before copies had states: any confirmation names it. */
    public static final Placed LONG_AGO = new Placed(0);
  }

  /**
   * It may not be named from now on, but whoever names nodes may not know yet. The node keeps what
   * it has, and fetches nothing.
   */
  record Withdrawn() implements CopyState {}

  /**
   * Named nowhere, while those who were led to it are waited for. The node keeps what it has.
   *
   * @param unnamedSince since when no record of ours names it
   */
  record Waiting(Instant unnamedSince) implements CopyState {}

  /**
   * The node's plan has it no more, so the node deletes it.
   *
   * @param since the node's contentVersion with which this began
   */
  record Deleting(long since) implements CopyState {}

  /** Whether the node's plan has it. */
  default boolean isInPlan() {
    return switch (this) {
      case Placed _, Withdrawn _, Waiting _ -> true;
      case Deleting _ -> false;
    };
  }
}
